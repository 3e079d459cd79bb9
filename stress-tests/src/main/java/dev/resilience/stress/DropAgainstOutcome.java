package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerTotals;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The instance of a key is found and used for a call while another key wants its place. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the call is in the sum of the name")
@Outcome(id = ".*", expect = FORBIDDEN, desc = "section 8: the counts of a dropped instance stay in the sum")
@State
public class DropAgainstOutcome {

    private final HandTurnedTicker ticker = new HandTurnedTicker();
    private final BreakerFamily family = new BreakerRegistry(
                    name -> TestedBreaker.STEADY.withMaxKeys(1),
                    BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)))
            .family(Name.of("raced"));

    public DropAgainstOutcome() {
        family.get("used");
    }

    @Actor
    public void use() {
        CircuitBreaker used = family.get("used");
        used.end(used.acquire(), dev.resilience.Outcome.SUCCESS, 0, 0, null);
    }

    @Actor
    public void want() {
        family.get("wanted");
    }

    @Arbiter
    public void end(L_Result result) {
        BreakerTotals sum = family.dropped();
        for (CircuitBreaker each : family.all()) {
            BreakerTotals totals = each.snapshot().totals();
            sum = sum == null ? totals : sum.plus(totals);
        }
        result.r1 = sum == null ? "none" : String.valueOf(sum.calls().get(dev.resilience.Outcome.SUCCESS));
    }
}
