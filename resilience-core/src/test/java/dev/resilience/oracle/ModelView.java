package dev.resilience.oracle;

import org.jspecify.annotations.Nullable;

/** What is shown of what a state judges. */
record ModelView(
        long calls,
        long failures,
        long slow,
        long refused,
        @Nullable Double failureRate,
        @Nullable Double slowCallRate,
        @Nullable Double saturationRate) {

    /** Returns a rate in percent, or null where so few say nothing. */
    static @Nullable Double rate(long part, long whole, int least) {
        return whole < least ? null : (Double) (100.0 * part / whole);
    }
}
