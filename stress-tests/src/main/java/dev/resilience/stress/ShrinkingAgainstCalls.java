package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ILI_Result;

/** Calls come while the limit goes down from three to one. */
@JCStressTest
@Outcome(
        id = {"1, 1 inside, 0 waiting, 0", "2, 2 inside, 0 waiting, 0", "3, 3 inside, 0 waiting, 0"},
        expect = ACCEPTABLE,
        desc = "as many as came before the change, and at least one")
@Outcome(
        id = "[04], .*",
        expect = FORBIDDEN,
        desc = "section 4: more than the larger limit, or less than the smaller one")
@Outcome(id = ".*, [1-9]", expect = FORBIDDEN, desc = "section 4: more calls than the limit")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class ShrinkingAgainstCalls {

    private final TestedBulkhead tested = new TestedBulkhead(3);

    @Actor
    public void call(ILI_Result result) {
        result.r1 = tested.takeUpTo(4);
    }

    @Actor
    public void shrink() {
        tested.resize(1);
    }

    @Arbiter
    public void end(ILI_Result result) {
        result.r2 = tested.standing();
        result.r3 = tested.takeUpTo(3);
    }
}
