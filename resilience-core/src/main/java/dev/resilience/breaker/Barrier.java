package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/** Refuses calls without the breaker's lock, as long as the state that put it up lasts: an open breaker is asked most when all fail. */
record Barrier(Refusing state, BreakerConfig config, StripedCount refused) {

    /** Returns why a call is refused, counted as such, or null if it has to ask: time has ended the state. */
    @Nullable
    Refusal tryRefuse(long now) {
        if (!state.lasts(now)) {
            return null;
        }
        refused.increment();
        return state.refusal(now, config);
    }
}
