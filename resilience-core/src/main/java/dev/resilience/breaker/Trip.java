package dev.resilience.breaker;

import java.io.Serializable;
import java.util.Locale;

/** The finding that opens a breaker: {@code part} of {@code whole}, where {@code threshold} was allowed. */
record Trip(TransitionReason reason, long part, long whole, double threshold) implements Serializable {

    /** Returns whether {@code part} of {@code whole} is at least {@code percent}. */
    static boolean isReached(long part, long whole, double percent) {
        return 100.0 * part >= percent * whole;
    }

    /** Returns the finding in words: {@code 62 % of 50 calls failed (threshold 50 %)}. */
    @Override
    public String toString() {
        return switch (reason) {
            case CONSECUTIVE_FAILURES -> part + " calls in a row failed (threshold " + percent(threshold) + ")";
            case FAILURE_RATE -> share("calls failed");
            case SLOW_CALL_RATE -> share("calls were slow");
            case SATURATION -> share("attempts found its bulkhead full");
            default -> throw new IllegalStateException(reason + " does not open a breaker");
        };
    }

    private String share(String what) {
        return percent(100.0 * part / whole) + " % of " + whole + " " + what + " (threshold " + percent(threshold)
                + " %)";
    }

    private static String percent(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.1f", value);
    }
}
