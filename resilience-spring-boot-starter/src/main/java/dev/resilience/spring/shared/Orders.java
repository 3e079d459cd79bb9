package dev.resilience.spring.shared;

import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.spring.shared.StoreAnswer.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the fleet what operators order of one breaker on this node; while the store is away, the latest order is held back. On the
 * member's thread only.
 */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);

    private final Fleet fleet;
    private final StoreLine line;
    private final SharedBreaker breaker;
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private @Nullable Held held;

    /** An order that the fleet does not have yet, and what this node knew when it was given. */
    private record Held(StoreCommand order, long knownThen) {}

    Orders(Fleet fleet, StoreLine line, SharedBreaker breaker) {
        this.fleet = fleet;
        this.line = line;
        this.breaker = breaker;
    }

    /** Returns the force that holds, as an order for the fleet. */
    static StoreCommand force(CircuitBreaker forced) {
        BreakerSnapshot snapshot = forced.snapshot();
        BreakerSnapshot.ForceInEffect force = snapshot.force();
        if (force == null) {
            return new StoreCommand.Tick();
        }
        Duration lasts = force.until() == null
                ? Duration.ZERO
                : Duration.between(forced.ticker().instant(), force.until());
        return new StoreCommand.Force(
                force.state(),
                force.by() == null ? "" : force.by(),
                force.reason() == null ? "" : force.reason(),
                lasts.isNegative() ? Duration.ofMillis(1) : lasts,
                States.round(snapshot.config()));
    }

    void give(StoreCommand order) {
        if (fleet.hasStore()) {
            send(order, 0);
        } else {
            held = new Held(order, breaker.knownToOrders());
        }
    }

    /** Forgets the order that was held back: it was a force that is over by now. */
    void forceIsOver() {
        held = null;
    }

    boolean isOneHeld() {
        return held != null;
    }

    /** Sends the order that was held back, if there is one. Returns whether there is. */
    boolean sendHeld() {
        Held order = held;
        if (order != null) {
            boolean isForce = order.order() instanceof StoreCommand.Force;
            send(isForce ? breaker.force() : order.order(), order.knownThen());
        }
        return order != null;
    }

    private void send(StoreCommand order, long knownThen) {
        // as it was when it was given, should the store go before it answers: it is not to undo a newer order then
        held = new Held(order, knownThen == 0 ? breaker.knownToOrders() : knownThen);
        line.act(order, knownThen, answer -> {
            held = null;
            if (answer.status() == Status.STALE && !isObeyed(order, answer)) {
                LOG.warn(
                        "An order for breaker '{}' was given while the store was away and is dropped: the fleet has had a newer one",
                        breaker.name());
                fleet.dropped(dropped(order));
            }
            breaker.follow(answer);
            tellSent();
        });
    }

    /** Returns whether the newer order that the fleet has had says the same: it may be this one, sent before the store went away. */
    private static boolean isObeyed(StoreCommand order, StoreAnswer answer) {
        FleetState state = answer.state();
        if (state == null) {
            return false;
        }
        if (order instanceof StoreCommand.Force force) {
            return state.state() == force.to() && state.forcedBy().equals(force.actor());
        }
        return state.reason()
                .equals((order instanceof StoreCommand.Reset ? TransitionReason.RESET : TransitionReason.RELEASED)
                        .name());
    }

    private DroppedOrder dropped(StoreCommand order) {
        if (order instanceof StoreCommand.Force force) {
            String by = force.actor().isEmpty() ? null : force.actor();
            return new DroppedOrder(breaker.breakerName(), force.to().name(), by);
        }
        String word = order instanceof StoreCommand.Reset ? "RESET" : "AUTO";
        return new DroppedOrder(breaker.breakerName(), word, null);
    }

    /** Has a future completed once no order waits to be sent: with true if the fleet has it, with false if the store is away. */
    void whenSent(CompletableFuture<Boolean> sent) {
        waiting.add(sent);
        if (held == null || !fleet.hasStore()) {
            tellSent();
        }
    }

    /** Tells all that wait how it stands. */
    void tellSent() {
        boolean isWithTheFleet = held == null && fleet.hasStore() && line.isUsable();
        waiting.forEach(each -> each.complete(isWithTheFleet));
        waiting.clear();
    }
}
