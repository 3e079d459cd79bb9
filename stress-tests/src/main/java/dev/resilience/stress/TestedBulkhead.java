package dev.resilience.stress;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;

/** A bulkhead on a clock that stands, with short words for what races do to it and for what they leave. */
final class TestedBulkhead {

    private static final BulkheadConfig QUEUE = BulkheadConfig.DEFAULTS.withQueue(10, Duration.ofDays(1));
    private static final Name NAME = Name.of("raced");

    private final SemaphoreBulkhead bulkhead;

    TestedBulkhead(int limit) {
        this(limit, GuardEnvironment.DEFAULT.withTicker(new HandTurnedTicker()).withScheduler(new HandTurnedTimer()));
    }

    TestedBulkhead(int limit, GuardEnvironment environment) {
        this.bulkhead = new SemaphoreBulkhead(NAME, QUEUE.withMaxConcurrent(limit), environment);
    }

    SemaphoreBulkhead bulkhead() {
        return bulkhead;
    }

    BulkheadPermit take() {
        BulkheadPermit place = bulkhead.tryAcquire();
        if (place == null) {
            throw new IllegalStateException("no place is free");
        }
        return place;
    }

    /** Takes as many of so many places as are free, and returns how many that were. */
    int takeUpTo(int places) {
        int taken = 0;
        for (int i = 0; i < places; i++) {
            taken += bulkhead.tryAcquire() == null ? 0 : 1;
        }
        return taken;
    }

    void resize(int limit) {
        bulkhead.configure(QUEUE.withMaxConcurrent(limit));
    }

    /** Returns how many calls are under way and how many wait. */
    String standing() {
        BulkheadSnapshot now = bulkhead.snapshot();
        return now.concurrent() + " inside, " + now.queueDepth() + " waiting";
    }
}
