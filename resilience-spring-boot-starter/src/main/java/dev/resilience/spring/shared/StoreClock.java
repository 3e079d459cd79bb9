package dev.resilience.spring.shared;

import dev.resilience.Ticker;
import java.util.concurrent.TimeUnit;

/** Roughly what time the store has, from its last answer; for telling what can be from what cannot. Thread-safe. */
final class StoreClock {

    private record Reading(long now, long nanos) {}

    private final Ticker ticker;
    private volatile Reading last;

    /** Creates one that has heard nothing yet, and to which everything is from the future. */
    StoreClock(Ticker ticker) {
        this.ticker = ticker;
        this.last = new Reading(0, ticker.nanos());
    }

    void heard(long now) {
        last = new Reading(now, ticker.nanos());
    }

    /** Returns what time the store has, less the time that its last answer took. */
    long now() {
        Reading reading = last;
        return reading.now + TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - reading.nanos);
    }

    /** Returns the latest time and epoch that an honest node can have written by now. */
    long latest() {
        return now() + StateReader.AHEAD_MILLIS;
    }
}
