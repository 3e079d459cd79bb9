package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.WaitingCall;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** A caller joins the queue while the only place is given back; a wake-up that gets lost is seen as a test that hangs. */
@JCStressTest
@Outcome(id = "1 inside, 0 waiting, 0", expect = ACCEPTABLE, desc = "the caller has the place")
@Outcome(id = "1 inside, 0 waiting, [1-9]", expect = FORBIDDEN, desc = "section 4: more calls than the limit")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class WaitAgainstRelease {

    private final TestedBulkhead tested = new TestedBulkhead(1);
    private final BulkheadPermit place = tested.take();

    @Actor
    public void await() {
        tested.bulkhead().acquire(WaitingCall.FOR_PLACE_ONLY);
    }

    @Actor
    public void release() {
        tested.bulkhead().giveBack(place);
    }

    @Arbiter
    public void end(LI_Result result) {
        result.r1 = tested.standing();
        result.r2 = tested.takeUpTo(2);
    }
}
