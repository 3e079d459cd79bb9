package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.TripConfig;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Three successes and a failure of which the second outcome, whichever it is, fills the minimum of calls. */
@JCStressTest
@Outcome(
        id = "CLOSED#0, window 4/1, ended 4/1, out 0",
        expect = ACCEPTABLE,
        desc = "the failure came third or last: one of three or four")
@Outcome(
        id = "OPEN#1, window 2/1, ended 4/1, out 0",
        expect = ACCEPTABLE,
        desc = "the failure was one of the first two")
@Outcome(id = "CLOSED#0.*", expect = FORBIDDEN, desc = "rule 2: not open although the rate is reached, if by a success")
@Outcome(
        id = "OPEN#1.*",
        expect = FORBIDDEN,
        desc = "rule 2: open later than with the outcome that reaches the threshold")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class SuccessesFillTheMinimum {
    private static final BreakerConfig HALF_OF_TWO = STEADY.withTrip(TripConfig.DEFAULTS.withMinimumCalls(2));

    private final TestedBreaker tested = new TestedBreaker(HALF_OF_TWO);
    private final BreakerPermit first = tested.breaker().acquire();
    private final BreakerPermit second = tested.breaker().acquire();
    private final BreakerPermit third = tested.breaker().acquire();
    private final BreakerPermit bad = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(first, SUCCESS);
        tested.end(second, SUCCESS);
        tested.end(third, SUCCESS);
    }

    @Actor
    public void other() {
        tested.end(bad, FAILURE);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
