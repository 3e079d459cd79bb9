package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.INTERVAL;
import static dev.resilience.stress.TestedBreaker.PROBE_TIMEOUT;
import static dev.resilience.stress.TestedBreaker.TOUCHY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.HalfOpenConfig;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** A call of the time before the breaker opened succeeds while the first probe is asked for. */
@JCStressTest
@Outcome(
        id = "true, HALF_OPEN#2, window 0/0, ended 2/1, out 1",
        expect = ACCEPTABLE,
        desc = "the late outcome counts in the totals only")
@Outcome(
        id = "true, CLOSED.*",
        expect = FORBIDDEN,
        desc = "rule 1: an outcome of an older generation decided something")
@Outcome(
        id = ".*",
        expect = FORBIDDEN,
        desc =
                "rule 4: the call after the interval is not the first probe, or rule 1: the late outcome is in the window")
@State
public class LateOutcome {
    private final TestedBreaker tested =
            new TestedBreaker(TOUCHY.withHalfOpen(new HalfOpenConfig(1, PROBE_TIMEOUT, Duration.ZERO)));
    private final BreakerPermit late = tested.breaker().acquire();

    public LateOutcome() {
        tested.calls(FAILURE);
        tested.advance(INTERVAL);
    }

    @Actor
    public void one() {
        tested.end(late, SUCCESS);
    }

    @Actor
    public void other(ZL_Result result) {
        result.r1 = tested.ask() != null;
    }

    @Arbiter
    public void end(ZL_Result result) {
        result.r2 = tested.everything();
    }
}
