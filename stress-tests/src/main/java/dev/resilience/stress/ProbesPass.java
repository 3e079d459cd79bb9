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
import org.openjdk.jcstress.infra.results.L_Result;

/** The last two probes succeed at the same time. */
@JCStressTest
@Outcome(
        id = "CLOSED#3, window 0/0, ended 3/0, out 0",
        expect = ACCEPTABLE,
        desc = "closed, once, with an empty window")
@Outcome(id = "HALF_OPEN.*", expect = FORBIDDEN, desc = "rule 5: all probes are in and it does not close")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 5: closed twice, or with outcomes of the probes in the new window")
@State
public class ProbesPass {
    private final TestedBreaker tested = TestedBreaker.halfOpen(3);
    private final BreakerPermit probe;
    private final BreakerPermit otherProbe;

    public ProbesPass() {
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
        tested.end(otherProbe, SUCCESS);
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
