package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Compares waits, and draws them, so that the nodes of a fleet do not all do the same at the same moment. */
final class Waits {

    private Waits() {}

    static Duration shorterOf(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static Duration longerOf(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Returns a number in [0, 1). */
    static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Returns a wait of up to the shorter one of the two. */
    static Duration upTo(Duration most, Duration other) {
        return Duration.ofNanos((long) (shorterOf(most, other).toNanos() * random()));
    }
}
