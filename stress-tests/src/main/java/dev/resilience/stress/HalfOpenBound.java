package dev.resilience.stress;

import static dev.resilience.Outcome.SUCCESS;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.breaker.BreakerPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** A probe succeeds while callers ask for the only other one. */
@JCStressTest
@Outcome(
        id = {"0, HALF_OPEN#2, window 1/0, ended 1/0, out 0", "1, HALF_OPEN#2, window 1/0, ended 1/0, out 1"},
        expect = ACCEPTABLE,
        desc = "the second probe is granted after the first one ended, or not asked for any more")
@Outcome(id = "2, .*", expect = FORBIDDEN, desc = "rule 5: more probes outstanding or counted than configured")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 5: closed without all probes, or a probe is lost")
@State
public class HalfOpenBound {
    private final TestedBreaker tested = TestedBreaker.halfOpen(2);
    private final BreakerPermit probe = tested.breaker().acquire();

    @Actor
    public void one() {
        tested.end(probe, SUCCESS);
    }

    @Actor
    public void other(IL_Result result) {
        result.r1 = (tested.ask() == null ? 0 : 1) + (tested.ask() == null ? 0 : 1);
    }

    @Arbiter
    public void end(IL_Result result) {
        result.r2 = tested.everything();
    }
}
