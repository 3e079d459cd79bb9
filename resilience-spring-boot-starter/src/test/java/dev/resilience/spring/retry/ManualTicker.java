package dev.resilience.spring.retry;

import dev.resilience.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is turned by hand. */
final class ManualTicker implements Ticker {

    private static final Instant START = Instant.parse("2026-01-31T10:15:30Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START;
    }
}
