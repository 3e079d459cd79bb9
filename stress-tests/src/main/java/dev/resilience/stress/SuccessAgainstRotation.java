package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A success while the whole window passes and a failure enters the new one. */
@JCStressTest
@Outcome(id = "1/1, 0/0, ended 3/1", expect = ACCEPTABLE, desc = "the success left with its time")
@Outcome(id = "2/1, 0/0, ended 3/1", expect = ACCEPTABLE, desc = "the success came after the time")
@Outcome(
        id = ".*, .*[1-9].*, .*",
        expect = FORBIDDEN,
        desc = "rule 2: an outcome stays in the window for longer than it is long")
@Outcome(id = "[01]/0.*", expect = FORBIDDEN, desc = "rule 2: the failure is lost from the window")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class SuccessAgainstRotation {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);
    private final Duration length = Duration.ofSeconds(30);
    private final BreakerPermit call = tested.breaker().acquire();
    private final BreakerPermit otherCall = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(call, SUCCESS);
    }

    @Actor
    public void other() {
        tested.advance(length);
        tested.end(otherCall, FAILURE);
    }

    @Arbiter
    public void end(LLL_Result result) {
        result.r1 = tested.window();
        tested.advance(length);
        result.r2 = tested.window();
        result.r3 = "ended " + TestedBreaker.ended(tested.breaker().snapshot());
    }
}
