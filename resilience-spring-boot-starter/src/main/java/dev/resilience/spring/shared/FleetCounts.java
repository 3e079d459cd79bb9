package dev.resilience.spring.shared;

import java.util.concurrent.atomic.LongAdder;

/** What a member of a fleet counts for its meters; read by any thread. */
final class FleetCounts {

    final LongAdder stale = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder rejoins = new LongAdder();
    final LongAdder corrupt = new LongAdder();
}
