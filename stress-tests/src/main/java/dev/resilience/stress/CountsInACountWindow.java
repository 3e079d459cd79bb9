package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.WindowSize;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Three successes and a failure on two threads enter a window of calls that has room for them. */
@JCStressTest
@Outcome(id = "CLOSED#0, window 5/1, ended 5/1, out 0", expect = ACCEPTABLE, desc = "each is counted once")
@Outcome(id = "CLOSED#0, .*, ended 5/1, .*", expect = FORBIDDEN, desc = "rule 2: the window is not what was recorded")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class CountsInACountWindow {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY.withWindow(WindowSize.calls(8)));

    @Actor
    public void one() {
        tested.calls(SUCCESS, SUCCESS);
    }

    @Actor
    public void other() {
        tested.calls(SUCCESS, FAILURE);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
