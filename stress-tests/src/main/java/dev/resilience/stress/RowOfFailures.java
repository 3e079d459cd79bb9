package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A success and the second failure in a row of two. */
@JCStressTest
@Outcome(
        id = "CLOSED#0, window 3/2, ended 3/2, out 0",
        expect = ACCEPTABLE,
        desc = "success first: the row begins anew")
@Outcome(id = "OPEN#1, window 2/2, ended 3/2, out 0", expect = ACCEPTABLE, desc = "failure first: two in a row")
@Outcome(id = "CLOSED.*", expect = FORBIDDEN, desc = "rule 2: not open although the row is complete")
@Outcome(id = "OPEN#1.*", expect = FORBIDDEN, desc = "rule 2: open although a success came between")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class RowOfFailures {
    private static final BreakerConfig TWO_IN_A_ROW =
            STEADY.withTrip(STEADY.trip().withConsecutiveFailures(2));

    private final TestedBreaker tested = new TestedBreaker(TWO_IN_A_ROW);
    private final BreakerPermit call;
    private final BreakerPermit otherCall;

    public RowOfFailures() {
        tested.calls(FAILURE);
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
