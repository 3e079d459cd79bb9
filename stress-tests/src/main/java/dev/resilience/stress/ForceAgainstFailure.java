package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.breaker.BreakerState.FORCED_OPEN;
import static dev.resilience.stress.TestedBreaker.TOUCHY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A failure that would open the breaker, and a force. */
@JCStressTest
@Outcome(
        id = {"FORCED_OPEN#1, .*, ended 1/1, out 0", "FORCED_OPEN#2, .*, ended 1/1, out 0"},
        expect = ACCEPTABLE,
        desc = "forced; it may have been open before")
@Outcome(id = "OPEN.*", expect = FORBIDDEN, desc = "rule 7: a forced breaker moved by itself")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class ForceAgainstFailure {
    private final TestedBreaker tested = new TestedBreaker(TOUCHY);
    private final BreakerPermit call = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(call, FAILURE);
    }

    @Actor
    public void other() {
        tested.force(FORCED_OPEN);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
