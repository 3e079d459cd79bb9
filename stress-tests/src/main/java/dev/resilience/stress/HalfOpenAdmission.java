package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Two callers ask a half-open breaker for its first probe. */
@JCStressTest
@Outcome(
        id = {"true, false, 1", "false, true, 1"},
        expect = ACCEPTABLE,
        desc = "one of them is the probe")
@Outcome(id = "true, true, .*", expect = FORBIDDEN, desc = "rule 5: one probe at a time at first")
@Outcome(id = "false, false, .*", expect = FORBIDDEN, desc = "rule 5: a probe is refused while none is out")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 11: a refused call holds a permit, or a permitted one none")
@State
public class HalfOpenAdmission {
    private final TestedBreaker tested = TestedBreaker.halfOpen(3);

    @Actor
    public void one(ZZL_Result result) {
        result.r1 = tested.ask() != null;
    }

    @Actor
    public void other(ZZL_Result result) {
        result.r2 = tested.ask() != null;
    }

    @Arbiter
    public void end(ZZL_Result result) {
        result.r3 = tested.breaker().snapshot().concurrent();
    }
}
