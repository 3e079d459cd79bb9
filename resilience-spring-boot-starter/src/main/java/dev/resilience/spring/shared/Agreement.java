package dev.resilience.spring.shared;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.ProbeLease;
import dev.resilience.spring.shared.StoreAnswer.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one node knows of the state that its fleet agreed on under one name. On the member's thread only. */
final class Agreement {

    private static final Duration LOOK_SPREAD = Duration.ofSeconds(5);
    private static final Duration LOOK_EACH = Duration.ofMillis(1);
    /** In how many parts of the time after which the store forgets a state one that lasts is read. */
    private static final int KEPT_PARTS = 24;

    private final Fleet fleet;
    private final StoreLine line;
    private final int shard;
    private final Follower follower;
    private long known;
    private @Nullable FleetState state;
    private boolean confirmed = true;
    private boolean hasJoined;

    /** Who acts on what becomes known. */
    interface Follower {

        /** Takes over another state, and {@link Agreement#note notes} it. */
        void take(StoreAnswer answer, List<ProbeLease> leases);

        /** Hears that the state still is the one that is known. */
        void hearAgain(StoreAnswer answer, List<ProbeLease> leases);
    }

    Agreement(Fleet fleet, StoreLine line, int shard, Follower follower) {
        this.fleet = fleet;
        this.line = line;
        this.shard = shard;
        this.follower = follower;
    }

    /** Returns the epoch of the known state. */
    long known() {
        return known;
    }

    /** Returns the known state; null for one that is closed and never was anything else. */
    @Nullable
    FleetState state() {
        return state;
    }

    BreakerState breakerState() {
        return state == null ? BreakerState.CLOSED : state.state();
    }

    /** Returns whether more than a message says that the known state is the fleet's. */
    boolean isConfirmed() {
        return confirmed;
    }

    /** Is told that the store is there, so that nothing is known of what it does not know. */
    void joined() {
        hasJoined = true;
    }

    /** Returns the epoch that an order given now is based on: to one who knows that nothing was ordered, whatever was is newer. */
    long knownToOrders() {
        return hasJoined ? Math.max(known, 1) : known;
    }

    void note(StoreAnswer answer) {
        known = answer.epoch();
        state = answer.state();
        confirmed = true;
    }

    /**
     * Returns whether the known state is one to give back to a store that has lost it. Being closed is what a store knows without any
     * data, but not that somebody ordered something of the breaker since all of its name were forced.
     */
    boolean isRestorable() {
        return confirmed && state != null && (breakerState() != BreakerState.CLOSED || state.operatorEpoch() > 0);
    }

    /** Gives the known state back, if it {@link #isRestorable}. */
    StoreCommand restore() {
        return new StoreCommand.Restore(Objects.requireNonNull(state));
    }

    /** Hears of a change elsewhere, which is believed for now. */
    void heard(StateMessage message) {
        if (message.state().epoch() <= known) {
            return;
        }
        line.foundUsable();
        follower.take(new StoreAnswer(Status.OK, message.now(), message.state(), List.of()), List.of());
        confirmed = false;
        if (message.state().state().isForced()) {
            fleet.readLogsSoon();
        }
    }

    /** Hears what the log of the shard says. */
    void logged(long epoch) {
        if (epoch > known) {
            read();
        } else if (epoch == known) {
            confirmed = true;
        }
    }

    /** Returns whether what is known must be in a log that was read from an epoch on. */
    boolean isLoggedSince(long epoch) {
        return confirmed && known > 0 && known >= epoch;
    }

    /** Goes back to what the store says, as no log knows of what a message said. */
    void disown() {
        ask(new StoreCommand.Tick(), answer -> {
            if (!confirmed) {
                follower.take(answer, List.of());
            }
        });
    }

    /** Returns when to look once time alone has changed the state, each node at a moment of its own. */
    Duration lookAfter(Duration delay) {
        return delay.plus(fleet.spread(LOOK_SPREAD, LOOK_EACH));
    }

    /** Returns when to read a state that lasts, so that the store does not forget it. */
    Duration keepAfter() {
        return fleet.settings().stateTtl().dividedBy(KEPT_PARTS);
    }

    /** Returns when to look at a force: when it ends, or, so that the store does not forget it, if it does not. */
    Duration lookAtForceAfter(FleetState forced, long now) {
        return forced.forcedUntil() == 0 ? keepAfter() : lookAfter(States.millis(forced.forcedUntil() - now));
    }

    /**
     * Asks the store to do something, and goes on with its answer, be it a step back. Where this node has heard of something later since
     * it asked, the answer is merely old, as messages have a connection of their own: then it reads the state.
     */
    void ask(StoreCommand command, Consumer<StoreAnswer> then) {
        long asked = known;
        line.act(command, asked, answer -> {
            if (isOld(answer, asked)) {
                read();
            } else {
                then.accept(answer);
            }
        });
    }

    /** Returns whether this node has heard of something later than an answer since it asked, when it knew of that epoch. */
    boolean isOld(StoreAnswer answer, long asked) {
        return known > asked && answer.epoch() < known;
    }

    /** Reads the state. */
    void read() {
        line.act(new StoreCommand.Tick(), known, answer -> follow(answer, List.of()));
    }

    /** Follows what the store answered, unless it knows less than this node. */
    void follow(StoreAnswer answer, List<ProbeLease> leases) {
        if (answer.status() == Status.STALE) {
            fleet.counts().stale.increment();
        }
        if (answer.epoch() < known) {
            fleet.behind(shard);
        } else if (answer.epoch() > known) {
            follower.take(answer, leases);
        } else if (!confirmed && answer.breakerState() != breakerState()) {
            follower.take(answer, leases);
        } else {
            confirmed = true;
            follower.hearAgain(answer, leases);
        }
    }
}
