package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.bulkhead.BulkheadPermit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A thread joins the queue while the breaker is forced open; an eviction that gets lost is seen as a test that hangs. */
@JCStressTest
@Outcome(
        id = "refused, 0 S 0 T 0 C 1 R, 0 out, 0 inside, 0 waiting",
        expect = ACCEPTABLE,
        desc = "refused at once, or evicted")
@Outcome(id = "made, .*", expect = FORBIDDEN, desc = "section 4: a call was made without a place")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "rule 11: a permit or a place leaks")
@State
public class EvictionOfAThread {

    private final TestedGuard tested = new TestedGuard();
    private final BulkheadPermit place = tested.takeThePlace();

    @Actor
    public void await(LL_Result result) {
        try {
            result.r1 = tested.guard().call(() -> "made");
        } catch (Exception thrown) {
            result.r1 = TestedGuard.name(thrown);
        }
    }

    @Actor
    public void open() {
        tested.forceOpen();
    }

    @Arbiter
    public void end(LL_Result result) {
        tested.giveBack(place);
        result.r2 = tested.everything();
    }
}
