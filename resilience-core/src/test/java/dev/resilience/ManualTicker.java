package dev.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only moves when a test turns it. */
public final class ManualTicker implements Ticker {

    private static final Instant START = Instant.parse("2026-01-31T10:15:30Z");

    private final AtomicLong nanos;
    private final long origin;

    public ManualTicker() {
        this(0);
    }

    public ManualTicker(long origin) {
        this.origin = origin;
        this.nanos = new AtomicLong(origin);
    }

    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    public void setMillis(long millis) {
        nanos.set(origin + Duration.ofMillis(millis).toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get() - origin);
    }
}
