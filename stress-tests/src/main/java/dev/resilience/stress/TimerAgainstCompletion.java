package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZL_Result;

/** The timer goes off while the call returns. */
@JCStressTest
@Outcome(
        id = "made, false, 1 S 0 T 0 C 0 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "it returned in time")
@Outcome(
        id = "timeout, false, 0 S 1 T 0 C 0 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "its time was over")
@Outcome(id = ".*, true, .*", expect = FORBIDDEN, desc = "section 6: an interrupt of ours reaches code after the call")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 11: not exactly one outcome, and the one that the caller got")
@State
public class TimerAgainstCompletion {

    private final TestedGuard tested = new TestedGuard();

    @Actor
    public void call(LZL_Result result) {
        try {
            result.r1 = tested.guardWithTimeout().call(() -> "made");
        } catch (Exception thrown) {
            result.r1 = TestedGuard.name(thrown);
        }
        result.r2 = Thread.interrupted();
    }

    @Actor
    public void timeOut() {
        tested.timeOut();
    }

    @Arbiter
    public void end(LZL_Result result) {
        result.r3 = tested.everything();
    }
}
