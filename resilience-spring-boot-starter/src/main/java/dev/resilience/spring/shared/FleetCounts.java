package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What a member of a fleet counts for its meters; read by any thread. */
final class FleetCounts {

    final LongAdder syncs = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder rejoins = new LongAdder();
    final LongAdder corrupt = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void answered(long after) {
        answers.increment();
        nanos.add(after);
    }

    FleetTotals totals() {
        return new FleetTotals(
                syncs.sum(),
                stale.sum(),
                lost.sum(),
                rejoins.sum(),
                corrupt.sum(),
                answers.sum(),
                Duration.ofNanos(nanos.sum()));
    }
}
