package dev.resilience.spring.shared;

import dev.resilience.Name;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The breakers of this process that its fleet shares, and what is ordered to all of their names. On the member's thread only, but for
 * {@link #of}.
 */
final class SharedBreakers {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);

    private final int most;
    private final Function<Name, Sharing> sharing;
    private final Map<Name, SharedBreaker> breakers = new ConcurrentHashMap<>();
    /** By the canonical form of the name. */
    private final Map<String, NameOrders> orders = new HashMap<>();

    private boolean warned;

    /**
     * @param most how many there can be; further ones stay local
     * @param sharing whether and how the breakers of a name are shared
     */
    SharedBreakers(int most, Function<Name, Sharing> sharing) {
        this.most = most;
        this.sharing = sharing;
    }

    /** Returns the part in the fleet that a breaker has, if it has one; on any thread. */
    Optional<SharedBreaker> of(Name name) {
        return Optional.ofNullable(breakers.get(name));
    }

    /** Returns a view of all. */
    Collection<SharedBreaker> all() {
        return Collections.unmodifiableCollection(breakers.values());
    }

    /** Returns those of a name: all of it without a key. */
    Stream<SharedBreaker> allOf(Name name) {
        return breakers.values().stream().filter(each -> each.isOf(name));
    }

    /** Returns what is ordered to all breakers of a name, with or without a key, if they are shared. */
    Optional<NameOrders> ordersOf(Name name) {
        return Optional.ofNullable(orders.get(name.canonical()));
    }

    /** Returns everything that the store has a state of. */
    Stream<Followed> followed() {
        return Stream.concat(orders.values().stream(), breakers.values().stream());
    }

    /**
     * Takes a breaker in, unless it is not to be shared or one too many. The one without a key is the first of its name.
     *
     * @return what this process follows since
     */
    List<Followed> add(Fleet fleet, BreakerFamily family, CircuitBreaker breaker) {
        Name name = breaker.name();
        Sharing how = sharing.apply(name);
        if (how.mode() == SharedMode.OFF || !BreakerNames.canBeShared(name.toString()) || isOneTooMany(name)) {
            return List.of();
        }
        List<Followed> added = new ArrayList<>();
        if (name.key() == null) {
            NameOrders all = new NameOrders(fleet, family, () -> allOf(name));
            orders.put(name.canonical(), all);
            added.add(all);
        }
        SharedBreaker shared = new SharedBreaker(fleet, breaker, how);
        breakers.put(name, shared);
        added.add(shared);
        ordersOf(name).ifPresent(all -> all.welcome(shared));
        return added;
    }

    private boolean isOneTooMany(Name name) {
        boolean isFull = breakers.size() >= most;
        if (isFull && !warned) {
            warned = true;
            LOG.warn(
                    "More than resilience.shared.max-breakers={} breakers: '{}' and further ones stay local",
                    most,
                    name);
        }
        return isFull;
    }

    void drop(CircuitBreaker breaker) {
        SharedBreaker shared = breakers.remove(breaker.name());
        if (shared != null) {
            shared.drop();
        }
    }
}
