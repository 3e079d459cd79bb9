package dev.resilience;

import java.time.Instant;

/**
 * The only source of time of a guard: a monotonic reading for every decision and a wall clock for display.
 *
 * <p>Tests pass one that they turn by hand. Implementations must be safe for use by many threads.
 */
public interface Ticker {

    /**
     * Returns nanoseconds since an arbitrary moment, as {@link System#nanoTime()} does: only differences mean anything.
     */
    long nanos();

    /** Returns the time of day, for display only: it may jump, and nothing is decided by it. */
    Instant instant();

    /** Returns the ticker of this machine. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
