package dev.resilience.breaker;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;

/** The finding that opens a breaker: {@code part} of {@code whole}, where {@code threshold} was allowed. */
record Trip(TransitionReason reason, long part, long whole, double threshold) implements Serializable {

    /** A bound for all that rounding does to the two sides of a comparison, as a part of them. */
    private static final double DOUBT = 0x1p-50;

    /** Returns whether {@code part} of {@code whole} is at least {@code percent}, exactly so, as the number is written. */
    static boolean isReached(long part, long whole, double percent) {
        double threshold = percent * whole;
        double distance = 100.0 * part - threshold;
        if (Math.abs(distance) > DOUBT * threshold) {
            return distance > 0;
        }
        BigDecimal exact = BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(whole));
        return BigDecimal.valueOf(part).scaleByPowerOfTen(2).compareTo(exact) >= 0;
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
