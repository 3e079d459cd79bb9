package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
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

/** Two failures of which each opens the breaker. */
@JCStressTest
@Outcome(id = "OPEN#1, window 1/1, ended 2/2, out 0", expect = ACCEPTABLE, desc = "open, by the first of them")
@Outcome(id = "OPEN#2.*", expect = FORBIDDEN, desc = "rule 1: opened twice")
@Outcome(id = "CLOSED.*", expect = FORBIDDEN, desc = "rule 2: not open after the outcome that reaches the threshold")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class OpeningOnce {
    private final TestedBreaker tested = new TestedBreaker(TOUCHY);
    private final BreakerPermit call = tested.breaker().acquire();
    private final BreakerPermit otherCall = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(call, FAILURE);
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
