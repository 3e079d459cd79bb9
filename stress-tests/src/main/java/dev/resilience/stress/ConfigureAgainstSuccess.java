package dev.resilience.stress;

import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.WindowSize;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A success, and a window of another kind. */
@JCStressTest
@Outcome(
        id = {"CLOSED#0, window 0/0, ended 2/0, out 0", "CLOSED#0, window 1/0, ended 2/0, out 0"},
        expect = ACCEPTABLE,
        desc = "it entered the old window, which is gone, or the new one")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class ConfigureAgainstSuccess {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);
    private final BreakerPermit call = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(call, SUCCESS);
    }

    @Actor
    public void other() {
        tested.breaker().configure(STEADY.withWindow(WindowSize.calls(5)));
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
