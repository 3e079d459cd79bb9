package dev.resilience.spring.health;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows the breakers: UP, with their states, whatever those are, because an open breaker is a service that protects itself.
 *
 * <p>Only where a name stands for a dependency without which the service is no use, it is DOWN while that name is open: its plain
 * instance is, or it has instances of keys and all of them are. One key among others takes nothing down. An open interval that is over
 * is UP again, so that the traffic comes back which makes the probes. Safe for use by many threads.
 */
public final class BreakersHealthIndicator implements HealthIndicator {

    private static final int MOST_KEYS_SHOWN = 20;

    private final BreakerRegistry breakers;
    private final Set<String> essential;
    private final Supplier<@Nullable String> fleet;

    /**
     * Creates an indicator.
     *
     * @param downWhenOpen names of breakers, in any spelling, that must not be open
     */
    public BreakersHealthIndicator(BreakerRegistry breakers, Collection<String> downWhenOpen) {
        this(breakers, downWhenOpen, () -> null);
    }

    /**
     * Creates an indicator of a process in a fleet.
     *
     * @param downWhenOpen names of breakers, in any spelling, that must not be open
     * @param fleet tells in words whether the fleet's store is there; null where there is no fleet
     */
    public BreakersHealthIndicator(
            BreakerRegistry breakers, Collection<String> downWhenOpen, Supplier<@Nullable String> fleet) {
        this.breakers = breakers;
        this.fleet = fleet;
        this.essential = downWhenOpen.stream().map(Name::canonical).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        for (BreakerFamily family : breakers.families()) {
            BreakerSnapshot plain = family.plain().snapshot();
            List<BreakerSnapshot> keyed = family.all().stream()
                    .filter(breaker -> breaker.name().key() != null)
                    .map(CircuitBreaker::snapshot)
                    .toList();
            if (essential.contains(family.name().canonical()) && isOpen(plain, keyed)) {
                health.down();
            }
            show(plain, keyed, health);
        }
        String shared = fleet.get();
        if (shared != null) {
            health.withDetail("shared", shared);
        }
        return health.build();
    }

    private static boolean isOpen(BreakerSnapshot plain, List<BreakerSnapshot> keyed) {
        return rejectsAll(plain) || (!keyed.isEmpty() && keyed.stream().allMatch(BreakersHealthIndicator::rejectsAll));
    }

    /** Not once a probe is due: a service that stayed DOWN would get no traffic, and so would never make the probe. */
    private static boolean rejectsAll(BreakerSnapshot breaker) {
        return breaker.state().isOpen() && !breaker.probeDue();
    }

    private static void show(BreakerSnapshot plain, List<BreakerSnapshot> keyed, Health.Builder health) {
        Map<String, @Nullable Object> detail = detail(plain);
        if (!keyed.isEmpty()) {
            detail.put(
                    "keys",
                    keyed.stream()
                            .collect(Collectors.groupingBy(
                                    BreakerSnapshot::state, TreeMap::new, Collectors.counting())));
        }
        health.withDetail(plain.name().toString(), detail);
        keyed.stream()
                .filter(breaker -> breaker.state() != BreakerState.CLOSED)
                .limit(MOST_KEYS_SHOWN)
                .forEach(breaker -> health.withDetail(breaker.name().toString(), detail(breaker)));
    }

    private static Map<String, @Nullable Object> detail(BreakerSnapshot breaker) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("state", breaker.state());
        detail.put("failureRate", breaker.window().failureRate());
        detail.put("since", breaker.since());
        if (breaker.probeDue()) {
            detail.put("probeDue", true);
        }
        return detail;
    }
}
