package dev.resilience.spring.shared;

import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.spring.shared.StoreAnswer.Status;
import dev.resilience.spring.shared.StoreCommand.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the fleet what operators order on this node, of one breaker or of all of a name; while the store is away, the latest order is
 * held back. On the member's thread only.
 */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);

    private final Fleet fleet;
    private final StoreLine line;
    private final Ordered ordered;
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private @Nullable Held held;

    /** What the orders are given to. */
    interface Ordered {

        /** Returns whose name operators know. */
        Name breakerName();

        Ticker ticker();

        /** Returns what this node knows of what the fleet agreed on. */
        Agreement agreement();

        /** Returns the force that holds, as an order with the time that it has left; one that changes nothing if none holds. */
        StoreCommand force();

        /**
         * Follows what the store answered to an order, unless something later was heard of meanwhile.
         *
         * @param asked the epoch that was known when the order was sent
         */
        void follow(StoreAnswer answer, long asked);

        /** Returns whether people are told of an order that gave way to another, or something else that was given the same tells them. */
        boolean tellsOfDropped();
    }

    /**
     * An order that the fleet does not have yet.
     *
     * @param knownThen what this node knew when it was given
     * @param givenAt when it was given, by the ticker
     * @param isOwn whether it was given to what this is about, and not to something larger that it is a part of
     */
    record Held(StoreCommand order, long knownThen, long givenAt, boolean isOwn) {}

    Orders(Fleet fleet, StoreLine line, Ordered ordered) {
        this.fleet = fleet;
        this.line = line;
        this.ordered = ordered;
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
                lasts.isNegative() ? Duration.ofMillis(1) : lasts,
                States.round(snapshot.config()),
                new Word(new Attribution(force.by(), force.reason())));
    }

    void give(StoreCommand order) {
        Held given = given(order);
        if (fleet.hasStore()) {
            send(given, 0, order);
        } else {
            held = given;
        }
    }

    /** Keeps an order that holds for more than this, and was given before: it gives way to all that was ordered since. */
    void hold(Held part) {
        held = part;
    }

    /** Keeps what an order for more than this comes down to, until the fleet has that. */
    Held holdPart(StoreCommand order) {
        Held part = given(order);
        held = part;
        return part;
    }

    private Held given(StoreCommand order) {
        return new Held(
                order, ordered.agreement().knownToOrders(), ordered.ticker().nanos(), true);
    }

    /**
     * Sends what {@link #holdPart} kept.
     *
     * @param word the fleet's of the whole; null if it has none, and each part counts for itself
     */
    void sendPart(Held part, @Nullable Word word) {
        if (word == null) {
            ask(part, 0, part.order());
        } else {
            ask(part, part.knownThen(), part.order().with(word));
        }
    }

    /** Sends an order that holds for more than this, and gives way to all that was ordered since. */
    void pass(StoreCommand order) {
        send(part(order), 0, order);
    }

    /** Returns an order that holds for more than this, and says when it was given, as one to hold. */
    Held part(StoreCommand order) {
        return new Held(order, 0, ordered.ticker().nanos(), false);
    }

    /** Forgets the order that was held back: it was a force that is over by now. */
    void forceIsOver() {
        held = null;
    }

    boolean isOneHeld() {
        return held != null;
    }

    /** Returns the order that is held back, as a part of it that something smaller has. */
    Optional<Held> heldFor(StoreCommand part) {
        return Optional.ofNullable(held).map(order -> new Held(part, order.knownThen(), order.givenAt(), false));
    }

    /** Sends the order that was held back, if there is one. Returns whether there is. */
    boolean sendHeld() {
        Held waits = held;
        if (waits == null) {
            return false;
        }
        boolean isForce = waits.order() instanceof StoreCommand.Force;
        StoreCommand order = isForce ? ordered.force() : waits.order();
        Word word = waits.order().word();
        if (word.at() == 0) {
            long ago = TimeUnit.NANOSECONDS.toMillis(ordered.ticker().nanos() - waits.givenAt());
            word = word.saidAt(Math.max(1, fleet.storeTime() - ago));
        }
        send(waits, waits.knownThen(), order.with(word));
        return true;
    }

    private void send(Held order, long known, StoreCommand command) {
        // as it was when it was given, should the store go before it answers: it is not to undo a newer order then
        held = order;
        ask(order, known, command);
    }

    private void ask(Held order, long known, StoreCommand command) {
        long asked = ordered.agreement().known();
        line.act(command, known, answer -> {
            if (isLost(command, answer)) {
                giveBackAndSend(order, command);
                return;
            }
            if (order.equals(held)) {
                held = null;
            }
            // a word that is passed on was not held back, and gives way to a later one that was given elsewhere in the
            // same moment
            boolean isPassedOn = command.word().to() == StoreCommand.Addressee.PASSED;
            boolean isTold = order.isOwn() && !isPassedOn && ordered.tellsOfDropped();
            if (answer.status() == Status.STALE && isTold && !isObeyed(command, answer)) {
                LOG.warn(
                        "An order for breaker '{}' ({}) was given while the store was away and is dropped: the fleet has had a newer one",
                        ordered.breakerName(),
                        described(command));
                fleet.dropped(dropped(command));
            }
            ordered.follow(answer, asked);
            if (held == null) {
                tellSent();
            }
        });
    }

    /** Returns whether a force was to end that the store has lost, and that others would bring back. */
    private boolean isLost(StoreCommand command, StoreAnswer answer) {
        Agreement agreement = ordered.agreement();
        return command instanceof StoreCommand.Release
                && answer.epoch() < agreement.known()
                && agreement.isRestorable()
                && agreement.breakerState().isForced();
    }

    private void giveBackAndSend(Held release, StoreCommand command) {
        Agreement agreement = ordered.agreement();
        line.act(agreement.restore(), agreement.known(), answer -> {
            agreement.note(answer);
            send(release, 0, command);
        });
    }

    private static String described(StoreCommand order) {
        Attribution by = order.word().by();
        return named(order)
                + (by.by() == null ? "" : " by " + by.by())
                + (by.reason() == null ? "" : ": " + by.reason());
    }

    /** Returns an order by the name that it has for operators. */
    private static String named(StoreCommand order) {
        if (order instanceof StoreCommand.Force force) {
            return force.to().name();
        }
        return order instanceof StoreCommand.Reset ? "RESET" : "AUTO";
    }

    /** Returns whether the newer order that the fleet has had says the same: it may be this one, sent before the store went away. */
    private static boolean isObeyed(StoreCommand order, StoreAnswer answer) {
        FleetState state = answer.state();
        if (state == null) {
            return false;
        }
        if (order instanceof StoreCommand.Force force) {
            return state.state() == force.to()
                    && Objects.equals(
                            States.attribution(state).by(), force.word().by().by());
        }
        return state.reason()
                .equals((order instanceof StoreCommand.Reset ? TransitionReason.RESET : TransitionReason.RELEASED)
                        .name());
    }

    private DroppedOrder dropped(StoreCommand order) {
        return new DroppedOrder(
                ordered.breakerName(), named(order), order.word().by().by());
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
