package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
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

/** A call that was permitted before a reset succeeds; one after it fails. */
@JCStressTest
@Outcome(
        id = "CLOSED#1, window 1/1, ended 3/1, out 0",
        expect = ACCEPTABLE,
        desc = "only what was permitted after the reset is in the new window")
@Outcome(
        id = "CLOSED#1, window 2/1.*",
        expect = FORBIDDEN,
        desc = "rule 1: an outcome of an older generation is in the current window")
@Outcome(
        id = "CLOSED#1, window .*, ended 3/1.*",
        expect = FORBIDDEN,
        desc = "rule 7: an outcome after the reset is lost from the window")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class SuccessAgainstReset {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);
    private final BreakerPermit old = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(old, SUCCESS);
    }

    @Actor
    public void other() {
        tested.breaker().reset();
        tested.calls(FAILURE);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
