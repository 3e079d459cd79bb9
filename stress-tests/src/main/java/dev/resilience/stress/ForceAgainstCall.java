package dev.resilience.stress;

import static dev.resilience.breaker.BreakerState.FORCED_OPEN;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** One call while the breaker is forced open, and one after it. */
@JCStressTest
@Outcome(
        id = {"true, false, 1 out, 1 rejected", "false, false, 0 out, 2 rejected"},
        expect = ACCEPTABLE,
        desc = "the second is refused, the first maybe")
@Outcome(id = ".*, true, .*", expect = FORBIDDEN, desc = "rule 7: FORCED_OPEN rejects all")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 11: a refused call holds a permit, or a permitted one none")
@State
public class ForceAgainstCall {
    private final TestedBreaker tested = new TestedBreaker(STEADY);

    @Actor
    public void one(ZZL_Result result) {
        result.r1 = tested.ask() != null;
    }

    @Actor
    public void other(ZZL_Result result) {
        tested.force(FORCED_OPEN);
        result.r2 = tested.ask() != null;
    }

    @Arbiter
    public void end(ZZL_Result result) {
        BreakerSnapshot now = tested.breaker().snapshot();
        result.r3 = now.concurrent() + " out, " + now.totals().allRejected() + " rejected";
    }
}
