package dev.resilience.stress;

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

/** A reset and another window. */
@JCStressTest
@Outcome(id = "CLOSED#1, calls 1", expect = ACCEPTABLE, desc = "both have happened")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 2: a configuration is lost, or section 3, rule 7: a reset")
@State
public class ResetAgainstConfigure {
    private final TestedBreaker tested = new TestedBreaker(STEADY);

    public ResetAgainstConfigure() {
        tested.calls(SUCCESS);
    }

    @Actor
    public void one() {
        tested.breaker().reset();
    }

    @Actor
    public void other() {
        tested.breaker().configure(STEADY.withWindow(WindowSize.calls(1)));
    }

    @Arbiter
    public void end(L_Result result) {
        tested.calls(SUCCESS, SUCCESS);
        result.r1 = tested.standing() + ", calls "
                + tested.breaker().snapshot().window().calls();
    }
}
