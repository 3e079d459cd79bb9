package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZL_Result;

/** The timer goes off while the future of a call completes. */
@JCStressTest
@Outcome(
        id = "made, false, 1 S 0 T 0 C 0 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "it completed in time")
@Outcome(
        id = "timeout, (true|false), 0 S 1 T 0 C 0 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "its time was over, and the source is cancelled unless it completed in the same moment")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 11: not exactly one outcome, and the one that the caller got")
@State
public class TimerAgainstFuture {

    private final TestedGuard tested = new TestedGuard();
    private final CompletableFuture<String> source = new CompletableFuture<>();
    private final CompletableFuture<String> call = tested.guardWithTimeout().callAsync(() -> source);

    @Actor
    public void complete() {
        source.complete("made");
    }

    @Actor
    public void timeOut() {
        tested.timeOut();
    }

    @Arbiter
    public void end(LZL_Result result) {
        result.r1 = TestedGuard.end(call);
        result.r2 = source.isCancelled();
        result.r3 = tested.everything();
    }
}
