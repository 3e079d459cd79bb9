package dev.resilience.spring.shared;

import dev.resilience.breaker.BreakerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store says to a command: what became of it, and the state after it.
 *
 * @param now the store's time in milliseconds; means something only in relation to times of {@code state}
 * @param state null if there is none, which is {@link BreakerState#CLOSED} with epoch 0, or if it cannot be used
 * @param leases names of the leases granted, each good for one probe
 */
record StoreAnswer(Status status, long now, @Nullable FleetState state, List<String> leases) {

    /** What became of a command. */
    enum Status {
        /** Done, or nothing to do. */
        OK,
        /** The breaker is open now. */
        OPENED,
        /** The vote counts, and there are too few of them yet. */
        VOTED,
        /** Decided on a state that is no longer the fleet's, or by a lease that is no longer good: nothing was done. */
        STALE,
        /** Leases were granted. */
        LEASED,
        /** No lease is to be had. */
        NONE,
        /** The probes passed: the breaker is closed now, or recovering. */
        CLOSED,
        /** The store has got back the state that it had lost. */
        RESTORED,
        /** What the store has of this breaker makes no sense; nothing was done. */
        CORRUPT,
        /** What the store has of this breaker is of another major version of the protocol; nothing was done. */
        VERSION
    }

    /** Returns the epoch of the state, 0 if there is none. */
    long epoch() {
        return state == null ? 0 : state.epoch();
    }

    /** Returns what the breaker does with calls; do not ask if the state {@linkplain #isUsable() cannot be used}. */
    BreakerState breakerState() {
        return state == null ? BreakerState.CLOSED : state.state();
    }

    /** Returns whether the store has a state of the breaker that makes sense, or none. */
    boolean isUsable() {
        return status != Status.CORRUPT && status != Status.VERSION;
    }
}
