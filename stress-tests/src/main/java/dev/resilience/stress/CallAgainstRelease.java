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

/** Two callers take and give back the only place, as often as they get it. */
@JCStressTest
@Outcome(id = "[0-2], [0-2], 0 inside, 0 waiting", expect = ACCEPTABLE, desc = "the place is back")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 4: a place is lost or counted twice")
@State
public class CallAgainstRelease {

    private final TestedBulkhead tested = new TestedBulkhead(1);

    @Actor
    public void one(IIL_Result result) {
        result.r1 = takeTwice();
    }

    @Actor
    public void other(IIL_Result result) {
        result.r2 = takeTwice();
    }

    private int takeTwice() {
        int taken = 0;
        for (int i = 0; i < 2; i++) {
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
