package dev.resilience.stress;

import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Somebody looks again and again, which ends each time what successes count without the lock, until the next one begins it anew. */
@JCStressTest
@Outcome(id = "CLOSED#0, window 9/0, ended 9/0, out 0", expect = ACCEPTABLE, desc = "each is counted once")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rules 1 and 11: an outcome is lost or counted twice")
@State
public class SuccessesAgainstLooks {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);

    @Actor
    public void one() {
        for (int call = 0; call < 8; call++) {
            tested.calls(SUCCESS);
        }
    }

    @Actor
    public void other() {
        for (int look = 0; look < 8; look++) {
            tested.breaker().state();
        }
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.everything();
    }
}
