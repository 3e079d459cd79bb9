package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.PendingPlace;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A waiter leaves the queue while its turn comes. */
@JCStressTest
@Outcome(id = "true, false, 0 inside, 0 waiting", expect = ACCEPTABLE, desc = "it left, and the place is free")
@Outcome(id = "false, true, 1 inside, 0 waiting", expect = ACCEPTABLE, desc = "it has the place")
@Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "section 4: a place for a waiter who has left is lost")
@Outcome(id = "false, false, .*", expect = FORBIDDEN, desc = "section 4: a waiter can neither leave nor enter")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class LeavingAgainstGrant {

    private final TestedBulkhead tested = new TestedBulkhead(1);
    private final BulkheadPermit place = tested.take();
    private final PendingPlace turn = tested.bulkhead().queue(null, null, () -> {});

    @Actor
    public void leave(ZZL_Result result) {
        result.r1 = turn.leave();
    }

    @Actor
    public void release() {
        tested.bulkhead().giveBack(place);
    }

    @Arbiter
    public void end(ZZL_Result result) {
        result.r2 = turn.place() != null;
        result.r3 = tested.standing();
    }
}
