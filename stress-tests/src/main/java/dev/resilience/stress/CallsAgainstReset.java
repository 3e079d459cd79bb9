package dev.resilience.stress;

import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A thread makes calls through a reset. */
@JCStressTest
@Outcome(
        id = "CLOSED#1, window [0-2]/0, ended 3/0, out 0",
        expect = ACCEPTABLE,
        desc = "the window has those that were permitted after the reset")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class CallsAgainstReset {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);

    @Actor
    public void one() {
        tested.calls(SUCCESS, SUCCESS);
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
