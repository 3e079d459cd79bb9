package dev.resilience.stress;

import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.breaker.BreakerState.FORCED_OPEN;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The probe that closes the breaker, and a force. */
@JCStressTest
@Outcome(
        id = {"FORCED_OPEN#3, .*, ended 1/0, out 0", "FORCED_OPEN#4, .*, ended 1/0, out 0"},
        expect = ACCEPTABLE,
        desc = "forced; it may have been closed before")
@Outcome(id = "CLOSED.*", expect = FORBIDDEN, desc = "rule 7: a forced breaker moved by itself")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class ForceAgainstProbe {
    private final TestedBreaker tested = TestedBreaker.halfOpen(1);
    private final BreakerPermit probe = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(probe, SUCCESS);
    }

    @Actor
    public void other() {
        tested.force(FORCED_OPEN);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
