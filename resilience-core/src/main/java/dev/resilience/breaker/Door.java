package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/** Permits calls without the breaker's lock, as long as the state that opened it permits every call: they all get one permit. */
record Door(Measurement permit, ClosableCount permitted) {

    Door(Measurement permit) {
        this(permit, new ClosableCount());
    }

    /** Returns the permit, counted as granted, or null if a call has to ask: the door was closed, for good or for a moment. */
    @Nullable
    BreakerPermit tryEnter() {
        return permitted.tryIncrement() ? permit : null;
    }
}
