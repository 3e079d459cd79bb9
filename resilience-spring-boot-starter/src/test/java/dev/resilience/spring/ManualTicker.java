package dev.resilience.spring;

import dev.resilience.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is turned by hand. */
public final class ManualTicker implements Ticker {

    public static final Instant START = Instant.parse("2026-01-31T10:15:30Z");

    private final AtomicLong nanos;
    private final long origin;

    public ManualTicker() {
        this(0);
    }

    /** Begins with a reading that another clock might have, close to where it overflows, say. */
    public ManualTicker(long origin) {
        this.origin = origin;
        this.nanos = new AtomicLong(origin);
    }

    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
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
