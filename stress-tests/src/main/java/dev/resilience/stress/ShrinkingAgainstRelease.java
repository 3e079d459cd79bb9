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

/** One of two calls ends while the limit goes down from two to one. */
@JCStressTest
@Outcome(id = "1 inside, 0 waiting, 0", expect = ACCEPTABLE, desc = "the other call goes on, and nobody else comes in")
@Outcome(id = "1 inside, 0 waiting, [1-9]", expect = FORBIDDEN, desc = "section 4: more calls than the limit")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class ShrinkingAgainstRelease {

    private final TestedBulkhead tested = new TestedBulkhead(2);
    private final BulkheadPermit place = tested.take();

    public ShrinkingAgainstRelease() {
        tested.take();
    }

    @Actor
    public void release() {
        tested.bulkhead().giveBack(place);
    }

    @Actor
    public void shrink() {
        tested.resize(1);
    }

    @Arbiter
    public void end(LI_Result result) {
        result.r1 = tested.standing();
        result.r2 = tested.takeUpTo(3);
    }
}
