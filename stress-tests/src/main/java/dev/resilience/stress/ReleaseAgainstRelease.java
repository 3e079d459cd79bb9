package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two callers, for each of whom there is a place, take and give it back, so that one takes or gives back while the other does. */
@JCStressTest
@Outcome(id = "0 inside, 0 waiting", expect = ACCEPTABLE, desc = "both places are back")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class ReleaseAgainstRelease {

    private final TestedBulkhead tested = new TestedBulkhead(2);

    @Actor
    public void one() {
        comeAndGo();
    }

    @Actor
    public void other() {
        comeAndGo();
    }

    private void comeAndGo() {
        for (int i = 0; i < 4; i++) {
            tested.bulkhead().giveBack(tested.take());
        }
    }

    @Arbiter
    public void end(L_Result result) {
        result.r1 = tested.standing();
    }
}
