package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.stress.TestedBreaker.STEADY;
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

/** A failure, and a threshold that it reaches. */
@JCStressTest
@Outcome(
        id = "CLOSED#0, window 1/1, ended 1/1, out 0",
        expect = ACCEPTABLE,
        desc = "judged by the old threshold; counts survive")
@Outcome(id = "OPEN#1, window 1/1, ended 1/1, out 0", expect = ACCEPTABLE, desc = "judged by the new one")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 2: counts do not survive another threshold")
@State
public class ConfigureAgainstFailure {
    private final TestedBreaker tested = new TestedBreaker(STEADY);
    private final BreakerPermit call = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(call, FAILURE);
    }

    @Actor
    public void other() {
        tested.breaker().configure(TOUCHY);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
