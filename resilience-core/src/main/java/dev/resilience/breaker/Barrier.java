package dev.resilience.breaker;

import dev.resilience.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Refuses calls without the breaker's lock, as long as the state that put it up lasts: an open breaker is asked most when all fail. */
record Barrier(Refusing state, BreakerConfig config, ClosableCount refused) {

    Barrier(Refusing state, BreakerConfig config) {
        this(state, config, new ClosableCount());
    }

    /**
     * Returns why a call is refused, counted as such, or null if it has to ask: time has ended the state, or the barrier was taken
     * away, for good or for a moment.
     */
    @Nullable
    Refusal tryRefuse(long now) {
        return state.lasts(now) && refused.tryIncrement() ? state.refusal(now, config) : null;
    }

    /** Returns what its refusals count as. */
    RejectionReason reason() {
        return state instanceof ForcedOpen ? RejectionReason.FORCED_OPEN : RejectionReason.OPEN;
    }
}
