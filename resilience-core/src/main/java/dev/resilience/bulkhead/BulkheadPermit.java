package dev.resilience.bulkhead;

import org.jspecify.annotations.Nullable;

/**
 * A place in a bulkhead, granted by {@link SemaphoreBulkhead} and given back to it exactly once.
 *
 * <p>Opaque and shared: permits are counted, not told apart, so that a permitted call allocates nothing. All calls of one class of
 * callers have the same one.
 */
public final class BulkheadPermit {

    /** Not counted at all, as the bulkhead is off. */
    static final BulkheadPermit OFF = new BulkheadPermit(null);

    private final @Nullable CallerClass callers;

    BulkheadPermit(@Nullable CallerClass callers) {
        this.callers = callers;
    }

    /** Returns the class of callers whose call it permits; null if that is not counted at all. */
    @Nullable
    CallerClass callers() {
        return callers;
    }
}
