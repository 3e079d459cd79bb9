package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.stress.TestedBreaker.INTERVAL;
import static dev.resilience.stress.TestedBreaker.TOUCHY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A reset while a probe is asked for and fails. */
@JCStressTest
@Outcome(
        id = {"CLOSED#3, .*, ended 2/2, out 0", "CLOSED#4, .*, ended 2/2, out 0"},
        expect = ACCEPTABLE,
        desc = "the probe was asked for, or even back, before the reset")
@Outcome(
        id = "OPEN#3, .*, ended 2/2, out 0",
        expect = ACCEPTABLE,
        desc = "an ordinary call after the reset, and its failure opened the breaker")
@Outcome(id = "HALF_OPEN.*", expect = FORBIDDEN, desc = "rule 7: not closed by the reset")
@Outcome(
        id = ".*",
        expect = FORBIDDEN,
        desc = "rule 1: an outcome of an older generation decided something, or one is lost")
@State
public class ResetAgainstProbe {
    private final TestedBreaker tested = new TestedBreaker(TOUCHY);

    public ResetAgainstProbe() {
        tested.calls(FAILURE);
        tested.advance(INTERVAL);
    }

    @Actor
    public void one() {
        tested.calls(FAILURE);
    }

    @Actor
    public void other() {
        tested.breaker().reset();
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
