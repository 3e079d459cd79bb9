package dev.resilience.breaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is in a breaker's window.
 *
 * @param calls outcomes in the window
 * @param failures how many of them were failures or timeouts
 * @param slow how many of them were slow
 * @param refused attempts in the saturation window that the guard's bulkhead refused; 0 where saturation is not watched
 * @param failureRate percent, null under {@code minimum-calls}
 * @param slowCallRate percent, null under {@code minimum-calls}
 * @param saturationRate percent, null under {@code minimum-calls} attempts or where saturation is not watched
 * @param averageDuration of the calls in the window, for display; of a count window an estimate over about as many calls
 */
public record WindowSnapshot(
        long calls,
        long failures,
        long slow,
        long refused,
        @Nullable Double failureRate,
        @Nullable Double slowCallRate,
        @Nullable Double saturationRate,
        Duration averageDuration) {

    /** A window without an outcome. */
    public static final WindowSnapshot EMPTY = new WindowSnapshot(0, 0, 0, 0, null, null, null, Duration.ZERO);
}
