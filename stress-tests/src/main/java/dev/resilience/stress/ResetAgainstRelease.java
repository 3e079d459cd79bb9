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
import org.openjdk.jcstress.infra.results.ZL_Result;

/** A reset and a release of a force. */
@JCStressTest
@Outcome(
        id = {"true, CLOSED#3", "false, CLOSED#2"},
        expect = ACCEPTABLE,
        desc = "closed; there was something to release only before the reset")
@Outcome(id = ".*HALF_OPEN.*", expect = FORBIDDEN, desc = "rule 7: a release where nothing is forced changed something")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 1: not every entry into a state raises the generation by one")
@State
public class ResetAgainstRelease {
    private final TestedBreaker tested = new TestedBreaker(STEADY);

    public ResetAgainstRelease() {
        tested.force(FORCED_OPEN);
    }

    @Actor
    public void one(ZL_Result result) {
        result.r1 = tested.breaker().release();
    }

    @Actor
    public void other() {
        tested.breaker().reset();
    }

    @Arbiter
    public void end(ZL_Result result) {
        result.r2 = tested.standing();
    }
}
