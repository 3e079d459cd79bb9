package dev.resilience.stress;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.stress.TestedBreaker.STEADY;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Somebody reads a snapshot while one thread makes calls. */
@JCStressTest
@Outcome(
        id = {"window 1/0, ended 1/0", "window 2/0, ended 2/0", "window 3/0, ended 3/0", "window 4/1, ended 4/1"},
        expect = ACCEPTABLE,
        desc = "some outcomes from the first on")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "BreakerSnapshot: not a view of one moment")
@State
public class SnapshotAgainstOutcomes {
    private final TestedBreaker tested = TestedBreaker.warm(STEADY);

    @Actor
    public void one() {
        tested.calls(SUCCESS, SUCCESS, FAILURE);
    }

    @Actor
    public void other(L_Result result) {
        result.r1 = tested.counts();
    }
}
