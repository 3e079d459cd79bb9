package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/** Permits calls without the breaker's lock, as long as the state that opened it permits every call: they all get one permit. */
/*
 * A count itself, not one that has a count: every closed breaker has a door, and the permit lies in what would be padding of the count.
 */
final class Door extends ClosableCount {

    private final Measurement permit;

    Door(Measurement permit) {
        this.permit = permit;
    }

    Measurement permit() {
        return permit;
    }

    /** Returns the permit, counted as granted, or null if a call has to ask: the door was closed, for good or for a moment. */
    @Nullable
    BreakerPermit tryEnter() {
        return tryIncrement() ? permit : null;
    }
}
