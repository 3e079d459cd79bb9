package dev.resilience.spring.shared;

import java.time.Duration;

/** What the store says to one delta. */
sealed interface SyncAnswer {

    /**
     * The delta counts; these are the fleet's sums over the window.
     *
     * @param lastBucketBusy {@code busy} of the last tenth of the window that is over
     * @param failingNodes nodes that had failures in the window; 0 unless the delta asked for it
     */
    record Sums(
            long epoch,
            long calls,
            long failures,
            long slow,
            Duration duration,
            Duration busy,
            Duration lastBucketBusy,
            int failingNodes)
            implements SyncAnswer {}

    /** The delta was counted in a state that is no longer the fleet's, or one that counts nothing: it was dropped. */
    record Stale(long epoch) implements SyncAnswer {}

    /**
     * The delta was dropped because of what the store has of the breaker.
     *
     * @param status {@link StoreAnswer.Status#CORRUPT} or {@link StoreAnswer.Status#VERSION}
     */
    record Unusable(StoreAnswer.Status status) implements SyncAnswer {}
}
