package dev.resilience.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZIL_Result;

/** A call is permitted by the instance of a key while another key wants its place. */
@JCStressTest
@Outcome(id = "true, 1, other", expect = ACCEPTABLE, desc = "the instance was idle, and dropped before the call came")
@Outcome(
        id = "false, 1, kept",
        expect = ACCEPTABLE,
        desc = "the instance was in use, and the other key has none of its own")
@Outcome(id = ".*, [^1], .*", expect = FORBIDDEN, desc = "section 1: more instances than max-keys")
@Outcome(
        id = ".*",
        expect = FORBIDDEN,
        desc = "section 1: two keys share an instance that is not the one for all others")
@State
public class DropAgainstUse {

    private final BreakerFamily family = new BreakerRegistry(
                    name -> TestedBreaker.STEADY.withMaxKeys(1),
                    BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(new HandTurnedTicker())))
            .family(Name.of("raced"));
    private final CircuitBreaker used = family.get("used");

    @Actor
    public void use() {
        BreakerPermit unused = used.acquire();
    }

    @Actor
    public void want(ZIL_Result result) {
        result.r3 = family.get("wanted").name().toString();
    }

    @Arbiter
    public void end(ZIL_Result result) {
        boolean dropped = family.find("used").isEmpty();
        result.r1 = dropped;
        result.r2 = (dropped ? 0 : 1) + (family.find("wanted").isEmpty() ? 0 : 1);
        result.r3 = "raced[wanted]".equals(result.r3) ? "other" : "raced[*]".equals(result.r3) ? "kept" : result.r3;
    }
}
