package dev.resilience.bulkhead;

import dev.resilience.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Lifetime counts of one class of callers. */
final class BulkheadCounts {

    final LongAdder evicted = new LongAdder();
    private final LongAdder exempt = new LongAdder();
    private final LongAdder shadowRejected = new LongAdder();
    private final HeldTimes held = new HeldTimes();
    private final LongAdder full = new LongAdder();
    private final LongAdder waitTimeouts = new LongAdder();
    private final LongAdder deadlines = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();

    void rejected(RejectionReason reason) {
        of(reason).increment();
    }

    private LongAdder of(RejectionReason reason) {
        return switch (reason) {
            case WAIT_TIMEOUT -> waitTimeouts;
            case DEADLINE -> deadlines;
            case FULL, OPEN, HALF_OPEN, RECOVERING, FORCED_OPEN, CLOSED -> full;
        };
    }

    void waited(long nanos) {
        waits.increment();
        waitNanos.add(Math.max(0, nanos));
    }

    /** Counts a call that is let in without a place. */
    void exempted() {
        shadowRejected.increment();
        exempt.increment();
    }

    void exemptionGivenBack() {
        exempt.decrement();
    }

    void returned(long nanos) {
        held.add(Math.max(0, nanos));
    }

    /** Returns how many calls are under way without a place. */
    int exempt() {
        return Math.max(0, exempt.intValue());
    }

    BulkheadTotals snapshot(int concurrent) {
        Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        rejected.put(RejectionReason.FULL, full.sum());
        rejected.put(RejectionReason.WAIT_TIMEOUT, waitTimeouts.sum());
        rejected.put(RejectionReason.DEADLINE, deadlines.sum());
        HeldTimes.Sums ended = held.sums();
        return new BulkheadTotals(
                ended.places() + concurrent,
                rejected,
                shadowRejected.sum(),
                evicted.sum(),
                waits.sum(),
                waitNanos.sum(),
                ended.places(),
                ended.nanos());
    }
}
