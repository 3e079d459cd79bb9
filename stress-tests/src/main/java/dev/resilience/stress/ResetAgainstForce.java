package dev.resilience.stress;

import static dev.resilience.breaker.BreakerState.FORCED_OPEN;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A reset and a force. */
@JCStressTest
@Outcome(
        id = {"CLOSED#2", "FORCED_OPEN#2"},
        expect = ACCEPTABLE,
        desc = "the second of them holds")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 1: not every entry into a state raises the generation by one")
@State
public class ResetAgainstForce {
    private final TestedBreaker tested = new TestedBreaker(STEADY);

    @Actor
    public void one() {
        tested.breaker().reset();
    }

    @Actor
    public void other() {
        tested.force(FORCED_OPEN);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.standing();
    }
}
