package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.INTERVAL;
import static dev.resilience.stress.TestedBreaker.PROBE_TIMEOUT;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.HalfOpenConfig;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A call of the ramp fails while the ramp ends. */
@JCStressTest
@Outcome(
        id = "CLOSED#4, window 1/1, ended 2/1, out 0",
        expect = ACCEPTABLE,
        desc = "it is in the window, which the ramp's end leaves as it is")
@Outcome(id = "CLOSED#4, window 0/0.*", expect = FORBIDDEN, desc = "rule 6: a call in flight does not count any more")
@Outcome(id = "CLOSED#[^4].*", expect = FORBIDDEN, desc = "rule 1: not one generation for one change of state")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 6: not closed from the end of the ramp on, or an outcome is lost")
@State
public class RampEndAgainstOutcome {
    private final TestedBreaker tested =
            new TestedBreaker(STEADY.withHalfOpen(new HalfOpenConfig(1, PROBE_TIMEOUT, INTERVAL)));
    private final BreakerPermit call;

    public RampEndAgainstOutcome() {
        tested.force(BreakerState.FORCED_OPEN);
        tested.breaker().release();
        tested.calls(SUCCESS);
        call = tested.breaker().acquire();
    }

    @Actor
    public void one() {
        tested.end(call, FAILURE);
    }

    @Actor
    public void other() {
        tested.advance(INTERVAL);
        tested.breaker().state();
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
