package dev.resilience.bulkhead;

import dev.resilience.RejectionReason;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a bulkhead has counted since it was made.
 *
 * @param permitted calls that were let in, those by mode or rollout only among them
 * @param rejected calls that were refused, by reason, with an entry for each that can occur
 * @param shadowRejected calls that were let in by mode or rollout only
 * @param evicted callers that left the queue because their breaker opened
 * @param waited callers that have been in the queue, however that ended
 * @param waitNanos their waits in nanoseconds, summed
 * @param held calls that gave their place back
 * @param heldNanos how long they held it in nanoseconds, summed
 */
public record BulkheadTotals(
        long permitted,
        Map<RejectionReason, Long> rejected,
        long shadowRejected,
        long evicted,
        long waited,
        long waitNanos,
        long held,
        long heldNanos) {

    /** Copies the map. */
    public BulkheadTotals {
        rejected = Collections.unmodifiableMap(new EnumMap<>(rejected));
    }

    /** Returns the sum of both, count by count. */
    public BulkheadTotals plus(BulkheadTotals other) {
        Map<RejectionReason, Long> refused = new EnumMap<>(rejected);
        other.rejected.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
        return new BulkheadTotals(
                permitted + other.permitted,
                refused,
                shadowRejected + other.shadowRejected,
                evicted + other.evicted,
                waited + other.waited,
                waitNanos + other.waitNanos,
                held + other.held,
                heldNanos + other.heldNanos);
    }

    /** Returns the mean time of a caller in the queue; zero if none has been there. */
    public Duration averageWait() {
        return waited == 0 ? Duration.ZERO : Duration.ofNanos(waitNanos / waited);
    }

    /** Returns the mean time for which a place was held; zero if none has been given back. */
    public Duration averageHeld() {
        return held == 0 ? Duration.ZERO : Duration.ofNanos(heldNanos / held);
    }
}
