package dev.resilience.breaker;

import java.util.function.DoubleSupplier;

/**
 * How long a breaker stays open: an exponential back-off whose jitter is uniform to both sides, so that many processes that
 * opened together do not probe together. Immutable.
 */
final class Backoff {

    private final DoubleSupplier random;
    private final int streak;
    private final long interval;

    private Backoff(DoubleSupplier random, int streak, long interval) {
        this.random = random;
        this.streak = streak;
        this.interval = interval;
    }

    /**
     * Returns the back-off of a breaker that never opened.
     *
     * @param random uniform in [0, 1)
     */
    static Backoff none(DoubleSupplier random) {
        return new Backoff(random, 0, 0);
    }

    /** Returns the back-off as if the breaker had never opened. */
    Backoff forgotten() {
        return none(random);
    }

    /** Returns the back-off of an opening that follows a recovery which did not last. */
    Backoff again(OpenConfig config) {
        return drawn(streak == Integer.MAX_VALUE ? streak : streak + 1, config);
    }

    /** Returns the back-off of an opening after the breaker had been closed for so long. */
    Backoff afterClosedFor(long nanos, OpenConfig config) {
        return interval > 0 && nanos < interval ? again(config) : drawn(0, config);
    }

    private Backoff drawn(int newStreak, OpenConfig config) {
        double grown = (double) config.duration().toNanos() * Math.pow(config.multiplier(), newStreak);
        double bounded = Math.min(grown, (double) config.maxDuration().toNanos());
        double spread = config.jitter() == 0 ? 0 : config.jitter() / 100 * (2 * random.getAsDouble() - 1);
        return new Backoff(random, newStreak, Math.max(1, Math.round(bounded * (1 + spread))));
    }

    /** Returns this back-off with the streak and the interval that others counted and drew. */
    Backoff of(int otherStreak, long nanos) {
        return new Backoff(random, otherStreak, nanos);
    }

    /** Returns this back-off with an interval anywhere up to so many nanoseconds. */
    Backoff upTo(long nanos) {
        return of(0).plusUpTo(nanos);
    }

    /** Returns this back-off with an interval that is longer by anything up to so many nanoseconds. */
    Backoff plusUpTo(long nanos) {
        return of(Math.max(1, interval + (long) (random.getAsDouble() * nanos)));
    }

    /** Returns this back-off with another interval. */
    Backoff of(long nanos) {
        return new Backoff(random, streak, nanos);
    }

    int streak() {
        return streak;
    }

    /** Returns the last interval, in nanoseconds; 0 if the breaker never opened. */
    long interval() {
        return interval;
    }
}
