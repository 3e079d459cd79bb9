package dev.resilience.spring.shared;

import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The part that one breaker has in orders that were given to all of its name, see {@link NameOrders}. On the member's thread only. */
final class OrdersToAll {

    /** Over which the nodes are spread that pass an order on: mostly, another one was faster. */
    private static final Duration SPREAD = Duration.ofSeconds(1);

    private static final Duration EACH = Duration.ofNanos(100_000);
    /** What the node that was asked has for telling what it ordered of its own breakers. */
    private static final Duration FIRST = Duration.ofMillis(50);

    private final Fleet fleet;
    private final SharedBreaker shared;
    private final CircuitBreaker breaker;
    private final Orders orders;
    private final Alarm passing;
    /** What orders to all that the store has not answered made of the breaker. */
    private final Map<GivenToAll, Orders.Held> parts = new HashMap<>();

    private @Nullable NameOrders all;
    private boolean isBornForced;

    OrdersToAll(Fleet fleet, SharedBreaker shared, CircuitBreaker breaker, Orders orders) {
        this.fleet = fleet;
        this.shared = shared;
        this.breaker = breaker;
        this.orders = orders;
        this.passing = new Alarm(fleet);
    }

    /** Is told, before anything else, what is ordered to all of the name. */
    void begin(NameOrders orderedToAll) {
        all = orderedToAll;
        // others may have had it for longer, and another order for it since
        Optional<Orders.Held> force = orderedToAll.forceOf(shared);
        isBornForced = force.isPresent()
                && breaker.snapshot().transitions().stream()
                        .anyMatch(first -> first.generation() == 1 && first.reason() == TransitionReason.FORCED);
        if (isBornForced && !shared.isShadow()) {
            force.ifPresent(orders::hold);
        }
    }

    /** Keeps what an order to all of the name made of the breaker, until the fleet has that order. Returns whether it was one. */
    boolean holdsPart(Transition transition, StoreCommand order) {
        GivenToAll given = all == null || !fleet.hasStore() ? null : all.given(transition);
        if (given == null) {
            return false;
        }
        parts.put(given, orders.holdPart(order));
        if (given.word() != null) {
            said(given);
        }
        return true;
    }

    /** Hears the fleet's word of an order to all, or that it has none. */
    void said(GivenToAll given) {
        Orders.Held part = parts.remove(given);
        if (part != null) {
            orders.sendPart(part, given.word());
        }
    }

    /** Hears that the store is away: what is held is sent when it is back. */
    void alone() {
        parts.clear();
    }

    /** Looks whether the state that the breaker has now lacks what was ordered to all of the name. */
    void look() {
        if (all != null) {
            all.passOnTo(shared);
        }
    }

    /** Returns whether a transition is the one with which the breaker began, and nobody's order to it. */
    boolean isBirth(Transition transition) {
        return isBornForced && transition.generation() == 1;
    }

    /** Returns whether the breaker still is as it began, and the fleet has never heard of it. */
    boolean isHeldSinceBirth() {
        return isBornForced && shared.known() == 0 && breaker.state().isForced();
    }

    /**
     * Has the fleet's state of the breaker follow an order, unless another node does so before this one, or the breaker has had an
     * order since.
     *
     * @param order what it comes down to once it is sent
     */
    void obey(Supplier<StoreCommand> order) {
        if (!concerns(order.get())) {
            return;
        }
        passing.set(FIRST.plus(fleet.spread(SPREAD, EACH)), () -> {
            StoreCommand now = order.get();
            if (fleet.hasStore() && !orders.isOneHeld() && concerns(now)) {
                orders.pass(now);
            }
        });
    }

    /**
     * Returns whether the breaker had an order of its own since all of its name were forced, which the store must not forget
     * meanwhile.
     */
    boolean isExempt() {
        FleetState state = shared.agreement().state();
        return all != null && state != null && all.isForcedBefore(state.operatorEpoch());
    }

    private boolean concerns(StoreCommand order) {
        if (!shared.hasASay()) {
            return false;
        }
        long word = order.word().at();
        FleetState state = shared.agreement().state();
        boolean isLast = state == null || state.operatorEpoch() < word;
        if (order instanceof StoreCommand.Release) {
            return isLast && (shared.fleetState().isForced() || shared.isForcedForAll());
        }
        if (order instanceof StoreCommand.Reset) {
            // what happened since is not what it was given for
            return shared.known() < word && !shared.isPlain();
        }
        return isLast && order instanceof StoreCommand.Force;
    }

    /** Passes nothing on any more. */
    void end() {
        passing.end();
    }
}
