package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Draws waits, so that the nodes of a fleet do not all do the same at the same moment. */
final class Waits {

    private Waits() {}

    /** Returns a number in [0, 1). */
    static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Returns a wait of up to the shorter one of the two. */
    static Duration upTo(Duration most, Duration other) {
        Duration shorter = most.compareTo(other) < 0 ? most : other;
        return Duration.ofNanos((long) (shorter.toNanos() * random()));
    }
}
