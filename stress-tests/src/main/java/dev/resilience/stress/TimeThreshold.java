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

/** A success and a failure where the order of the two decides: the minimum of four calls in a window of time. */
@JCStressTest
@Outcome(id = "CLOSED#0, window 5/2, ended 5/2, out 0", expect = ACCEPTABLE, desc = "success first: two of five failed")
@Outcome(id = "OPEN#1, window 4/2, ended 5/2, out 0", expect = ACCEPTABLE, desc = "failure first: two of four failed")
@Outcome(id = "CLOSED#0, window 4/2.*", expect = FORBIDDEN, desc = "rule 2: not open although the rate is reached")
@Outcome(id = "OPEN#1.*", expect = FORBIDDEN, desc = "rule 2: open although the rate is not reached")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class TimeThreshold {
    private static final BreakerConfig HALF_OF_FOUR = STEADY.withTrip(TripConfig.DEFAULTS.withMinimumCalls(4));

    private final TestedBreaker tested = new TestedBreaker(HALF_OF_FOUR);
    private final BreakerPermit call;
    private final BreakerPermit otherCall;

    public TimeThreshold() {
        tested.calls(FAILURE, SUCCESS, SUCCESS);
        call = tested.breaker().acquire();
        otherCall = tested.breaker().acquire();
    }

    @Actor
    public void one() {
        tested.end(call, SUCCESS);
    }

    @Actor
    public void other() {
        tested.end(otherCall, FAILURE);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
