package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The caller gives a call up while its future completes. */
@JCStressTest
@Outcome(id = "made, 1 S 0 T 0 C 0 R, 0 out, 0 inside, 0 waiting", expect = ACCEPTABLE, desc = "it completed before")
@Outcome(
        id = "CancellationException, (1 S 0 T 0 C|0 S 0 T 1 C) 0 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "given up, before or after the guard heard of the success")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 11: not exactly one outcome")
@State
public class CancellationAgainstFuture {

    private final TestedGuard tested = new TestedGuard();
    private final CompletableFuture<String> source = new CompletableFuture<>();
    private final CompletableFuture<String> call = tested.guard().callAsync(() -> source);

    @Actor
    public void complete() {
        source.complete("made");
    }

    @Actor
    public void giveUp() {
        call.cancel(true);
    }

    @Arbiter
    public void end(LL_Result result) {
        result.r1 = TestedGuard.end(call);
        result.r2 = tested.everything();
    }
}
