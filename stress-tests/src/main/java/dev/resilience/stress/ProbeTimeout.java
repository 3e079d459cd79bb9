package dev.resilience.stress;

import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.PROBE_TIMEOUT;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A probe comes back while somebody looks after its timeout. */
@JCStressTest
@Outcome(id = "HALF_OPEN#2, window 1/0, ended 1/0, out 0", expect = ACCEPTABLE, desc = "it came back in time")
@Outcome(
        id = "OPEN#3, window 1/1, ended 1/0, out 0",
        expect = ACCEPTABLE,
        desc = "it was overdue; its late outcome counts in the totals only")
@Outcome(
        id = ".* window 2/.*",
        expect = FORBIDDEN,
        desc = "rule 5: one probe is counted twice, as a timeout and by its late outcome")
@Outcome(id = "OPEN#[^3].*", expect = FORBIDDEN, desc = "rule 1: the late outcome moved the breaker")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 5: a probe at its timeout does not count as a timeout")
@State
public class ProbeTimeout {
    private final TestedBreaker tested = TestedBreaker.halfOpen(2);
    private final BreakerPermit probe = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(probe, SUCCESS);
    }

    @Actor
    public void other() {
        tested.advance(PROBE_TIMEOUT);
        tested.breaker().state();
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
