package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.bulkhead.BulkheadPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** The only call ends while the limit goes up from one to two. */
@JCStressTest
@Outcome(id = "0 inside, 0 waiting, 2", expect = ACCEPTABLE, desc = "two places, both free")
@Outcome(id = "0 inside, 0 waiting, [01]", expect = FORBIDDEN, desc = "section 4: a place is lost")
@Outcome(id = "0 inside, 0 waiting, 3", expect = FORBIDDEN, desc = "section 4: more calls than the limit")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class GrowingAgainstRelease {

    private final TestedBulkhead tested = new TestedBulkhead(1);
    private final BulkheadPermit place = tested.take();

    @Actor
    public void release() {
        tested.bulkhead().giveBack(place);
    }

    @Actor
    public void grow() {
        tested.resize(2);
    }

    @Arbiter
    public void end(LI_Result result) {
        result.r1 = tested.standing();
        result.r2 = tested.takeUpTo(3);
    }
}
