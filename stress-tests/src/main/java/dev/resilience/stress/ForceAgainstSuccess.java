package dev.resilience.stress;

import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.breaker.BreakerState.FORCED_CLOSED;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A success and a force after which measuring goes on. */
@JCStressTest
@Outcome(
        id = "FORCED_CLOSED#1, window 0/0, ended 2/0, out 0",
        expect = ACCEPTABLE,
        desc = "it counts in the totals, and was in the window before at most")
@Outcome(
        id = "FORCED_CLOSED#1, window 1/0.*",
        expect = FORBIDDEN,
        desc = "rule 1: an outcome of an older generation is in the current window")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class ForceAgainstSuccess {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);
    private final BreakerPermit call = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(call, SUCCESS);
    }

    @Actor
    public void other() {
        tested.force(FORCED_CLOSED);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
