package dev.resilience.spring.actuate;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The breakers as the endpoint finds and shows them. */
final class Breakers {

    private final BreakerRegistry registry;
    private final MethodDirectory methods;
    private final FleetDirectory fleet;

    Breakers(BreakerRegistry registry, MethodDirectory methods, FleetDirectory fleet) {
        this.registry = registry;
        this.methods = methods;
        this.fleet = fleet;
    }

    /** Returns the names that have an instance in the state, all for null. */
    BreakerList list(@Nullable BreakerState state, Limit limit) {
        List<BreakerFamily> families = registry.families().stream()
                .filter(family -> state == null || hasOneIn(state, family))
                .toList();
        return new BreakerList(
                limit.shorten(families, family -> family.name().text(), BreakerSummary::of), limit.truncates(families));
    }

    private static boolean hasOneIn(BreakerState state, BreakerFamily family) {
        return family.all().stream().anyMatch(breaker -> breaker.state() == state);
    }

    BreakerDetail detail(BreakerFamily family, CircuitBreaker breaker) {
        List<String> keys = breaker.name().key() == null ? keys(family) : null;
        return BreakerDetail.of(breaker.snapshot(), methods.ofBreaker(family.name()), keys, fleet.of(breaker.name()));
    }

    /** Returns whether an order that was just given is the fleet's; null if there is none. */
    @Nullable
    Boolean isOrdered(CircuitBreaker breaker) {
        return fleet.isOrdered(breaker.name());
    }

    /** Returns whether a breaker has a part in a fleet. */
    boolean isShared(Name name) {
        return fleet.of(name) != null;
    }

    /** Keeps the force that is about to be ordered to this process; of a name without a key: that of all its breakers. */
    void keepHere(Name name) {
        fleet.keepHere(name);
    }

    BreakerFamily family(String name) {
        return Names.known(name, registry::find)
                .orElseThrow(() -> Names.unknown(
                        "breaker",
                        name,
                        registry.families().stream().map(BreakerFamily::name).toList()));
    }

    CircuitBreaker instance(BreakerFamily family, @Nullable String key) {
        return family.find(key)
                .orElseThrow(() -> Names.unknownKey("Breaker", family.name(), Objects.toString(key), keys(family)));
    }

    private static List<String> keys(BreakerFamily family) {
        return Names.keys(family.all().stream().map(CircuitBreaker::name).toList());
    }

    /** Returns what is known of one breaker, the plain one of the name for a null key. */
    BreakerDetail detail(String name, @Nullable String key) {
        BreakerFamily family = family(name);
        return detail(family, instance(family, key));
    }
}
