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

/** A success while a tenth of the window passes and a failure enters the next tenth. */
@JCStressTest
@Outcome(
        id = {"3/1, 1/1, 0/0", "3/1, 2/1, 0/0"},
        expect = ACCEPTABLE,
        desc = "both are in the window for 0.9 to 1.0 of its length")
@Outcome(id = "3/1, .*", expect = FORBIDDEN, desc = "rule 2: an outcome leaves too early or too late")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class SuccessAgainstSlice {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);
    private final Duration slice = Duration.ofSeconds(3);
    private final BreakerPermit call = tested.breaker().acquire();
    private final BreakerPermit otherCall = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(call, SUCCESS);
    }

    @Actor
    public void other() {
        tested.advance(slice);
        tested.end(otherCall, FAILURE);
    }

    @Arbiter
    public void end(LLL_Result result) {
        result.r1 = tested.window();
        tested.advance(slice.multipliedBy(9));
        result.r2 = tested.window();
        tested.advance(slice);
        result.r3 = tested.window();
    }
}
