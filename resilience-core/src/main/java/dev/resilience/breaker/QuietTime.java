package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/**
 * That the calls judged at present say that the dependency wants to be left alone.
 *
 * @param until the latest moment that any of them named, by the ticker
 */
record QuietTime(long until) {

    /** Returns the later one of what was asked for so far, if anything was, and of a moment. */
    static QuietTime latest(@Nullable QuietTime sofar, long moment) {
        return sofar == null || moment - sofar.until > 0 ? new QuietTime(moment) : sofar;
    }

    /** Returns the nanoseconds left; 0 or less if the time is over. */
    long left(long now) {
        return until - now;
    }
}
