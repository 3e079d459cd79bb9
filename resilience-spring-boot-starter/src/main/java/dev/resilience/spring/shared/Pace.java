package dev.resilience.spring.shared;

import java.time.Duration;

/**
 * How long nodes that are well wait from one flush to the next.
 *
 * @param pause so that the whole fleet stays within its budget
 * @param spread what a pause is multiplied by, so that nodes do not flush all at once
 */
record Pace(Duration pause, double spread) {

    /** Returns the pause, within bounds and spread. */
    Duration between(Duration least, Duration most) {
        Duration bounded = Waits.longerOf(least, Waits.shorterOf(pause, most));
        return Duration.ofNanos((long) (bounded.toNanos() * spread));
    }
}
