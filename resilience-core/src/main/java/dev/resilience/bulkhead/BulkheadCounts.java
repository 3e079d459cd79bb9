package dev.resilience.bulkhead;

import dev.resilience.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Lifetime counts of what does not happen to a call that finds a free place. */
final class BulkheadCounts {

    final LongAdder shadowRejected = new LongAdder();
    final LongAdder evicted = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder waitTimeouts = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();

    void rejected(RejectionReason reason) {
        (reason == RejectionReason.WAIT_TIMEOUT ? waitTimeouts : full).increment();
    }

    void waited(long nanos) {
        waits.increment();
        waitNanos.add(Math.max(0, nanos));
    }

    BulkheadTotals snapshot(int concurrent, long returned, long heldNanos) {
        Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        rejected.put(RejectionReason.FULL, full.sum());
        rejected.put(RejectionReason.WAIT_TIMEOUT, waitTimeouts.sum());
        return new BulkheadTotals(
                returned + concurrent,
                rejected,
                shadowRejected.sum(),
                evicted.sum(),
                waits.sum(),
                waitNanos.sum(),
                returned,
                heldNanos);
    }
}
