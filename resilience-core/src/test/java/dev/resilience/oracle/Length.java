package dev.resilience.oracle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a call that ends has taken. */
enum Length {
    /** The time since its permit was granted. */
    AS_IT_WAS,
    /** No time at all. */
    NONE,
    /** A nanosecond less than a slow one. */
    JUST_NOT_SLOW,
    /** Just as long as a slow one. */
    JUST_SLOW;

    /**
     * Returns nanoseconds.
     *
     * @param real since the permit was granted
     * @param slow from when on a call is slow; null: none is
     */
    long nanos(long real, @Nullable Duration slow) {
        long limit = slow == null ? 0 : slow.toNanos();
        return switch (this) {
            case AS_IT_WAS -> real;
            case NONE -> 0;
            case JUST_NOT_SLOW -> Math.max(0, limit - 1);
            case JUST_SLOW -> limit;
        };
    }
}
