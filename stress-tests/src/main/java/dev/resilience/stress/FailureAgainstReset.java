package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
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

/** A call that was permitted before a reset fails, which would open the breaker. */
@JCStressTest
@Outcome(
        id = {"CLOSED#1, window 0/0, ended 1/1, out 0", "CLOSED#2, window 0/0, ended 1/1, out 0"},
        expect = ACCEPTABLE,
        desc = "closed and empty; it may have been open before")
@Outcome(id = "OPEN.*", expect = FORBIDDEN, desc = "rule 1: an outcome of an older generation opened the breaker")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 7: the window is not empty after a reset, or an outcome is lost")
@State
public class FailureAgainstReset {
    private final TestedBreaker tested = new TestedBreaker(TOUCHY);
    private final BreakerPermit old = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(old, FAILURE);
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
