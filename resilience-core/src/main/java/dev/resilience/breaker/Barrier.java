package dev.resilience.breaker;

import dev.resilience.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Refuses calls without the breaker's lock, as long as the state that put it up lasts: an open breaker is asked most when all fail. */
final class Barrier extends ClosableCount {

    private final Refusing state;
    private final BreakerConfig config;

    Barrier(Refusing state, BreakerConfig config) {
        this.state = state;
        this.config = config;
    }

    /**
     * Returns why a call is refused, counted as such, or null if it has to ask: time has ended the state, or the barrier was taken
     * away, for good or for a moment.
     */
    @Nullable
    Refusal tryRefuse(long now) {
        return state.lasts(now) && tryIncrement() ? state.refusal(now, config) : null;
    }

    /** Returns what its refusals count as. */
    RejectionReason reason() {
        return state instanceof ForcedOpen ? RejectionReason.FORCED_OPEN : RejectionReason.OPEN;
    }
}
