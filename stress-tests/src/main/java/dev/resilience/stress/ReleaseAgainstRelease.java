package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.bulkhead.BulkheadPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIL_Result;

/** Two callers, for each of whom there is a place, take and give it back, so that one takes or gives back while the other does. */
@JCStressTest
@Outcome(
        id = "4, 4, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "each got its place each time, and both are back")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class ReleaseAgainstRelease {

    private final TestedBulkhead tested = new TestedBulkhead(2);

    @Actor
    public void one(IIL_Result result) {
        result.r1 = comeAndGo();
    }

    @Actor
    public void other(IIL_Result result) {
        result.r2 = comeAndGo();
    }

    private int comeAndGo() {
        int taken = 0;
        for (int i = 0; i < 4; i++) {
            BulkheadPermit place = tested.bulkhead().tryAcquire();
            if (place != null) {
                taken++;
                tested.bulkhead().giveBack(place);
            }
        }
        return taken;
    }

    @Arbiter
    public void end(IIL_Result result) {
        result.r3 = tested.standing();
    }
}
