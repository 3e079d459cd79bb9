package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Of the last two probes one succeeds and one fails. */
@JCStressTest
@Outcome(
        id = {"OPEN#3, window 2/1, ended 3/1, out 0", "OPEN#3, window 3/1, ended 3/1, out 0"},
        expect = ACCEPTABLE,
        desc = "open, by the failure")
@Outcome(id = "CLOSED.*", expect = FORBIDDEN, desc = "rule 5: closed although a probe failed")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 1: the outcome that came late moved something, or one is lost")
@State
public class ProbesDisagree {
    private final TestedBreaker tested = TestedBreaker.halfOpen(3);
    private final BreakerPermit probe;
    private final BreakerPermit otherProbe;

    public ProbesDisagree() {
        tested.calls(SUCCESS);
        probe = tested.breaker().acquire();
        otherProbe = tested.breaker().acquire();
    }

    @Actor
    public void one() {
        tested.end(probe, SUCCESS);
    }

    @Actor
    public void other() {
        tested.end(otherProbe, FAILURE);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
