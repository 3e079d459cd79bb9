package dev.resilience.bulkhead;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Waits for a bulkhead's queue. */
public final class Queues {

    private Queues() {}

    public static void awaitDepth(SemaphoreBulkhead bulkhead, int depth) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> bulkhead.snapshot().queueDepth() == depth);
    }
}
