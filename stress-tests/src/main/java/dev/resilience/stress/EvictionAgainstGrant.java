package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.bulkhead.BulkheadPermit;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The breaker is forced open while a queued call gets its place. */
@JCStressTest
@Outcome(
        id = "made, 1 S 0 T 0 C 0 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "the call had its place before, and was made")
@Outcome(
        id = "refused, 0 S 0 T 0 C 1 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "the breaker refused the call, in the queue or with its place")
@Outcome(
        id = "under way, .*",
        expect = FORBIDDEN,
        desc = "section 4: a waiter whose breaker opens is not evicted at once")
@Outcome(id = ".*, 0 S 0 T 0 C 2 R, .*", expect = FORBIDDEN, desc = "section 8: one call counts as refused twice")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 11: a permit or a place leaks, or the call has two ends")
@State
public class EvictionAgainstGrant {

    private final TestedGuard tested = new TestedGuard();
    private final BulkheadPermit place = tested.takeThePlace();
    private final CompletableFuture<String> call =
            tested.guard().callAsync(() -> CompletableFuture.completedFuture("made"));

    @Actor
    public void open() {
        tested.forceOpen();
    }

    @Actor
    public void release() {
        tested.giveBack(place);
    }

    @Arbiter
    public void end(LL_Result result) {
        result.r1 = TestedGuard.end(call);
        result.r2 = tested.everything();
    }
}
