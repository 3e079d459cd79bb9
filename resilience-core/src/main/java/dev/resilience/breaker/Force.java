package dev.resilience.breaker;

import dev.resilience.InvalidSettingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An operator's order to hold a breaker open or closed.
 *
 * @param state {@link BreakerState#FORCED_OPEN} or {@link BreakerState#FORCED_CLOSED}
 * @param duration how long it holds, above 0 and at most 365 days; null: until it is released
 * @param by who gave it, for display
 * @param reason why, for display
 */
public record Force(
        BreakerState state,
        @Nullable Duration duration,
        @Nullable String by,
        @Nullable String reason) {

    /** @throws InvalidSettingException if {@code state} is no forced one, or {@code duration} out of range */
    public Force {
        InvalidSettingException.require(state.isForced(), "state", state, "must be FORCED_OPEN or FORCED_CLOSED");
        if (duration != null) {
            InvalidSettingException.requirePositive(duration, "duration");
        }
    }

    /** Returns an order without an end. */
    public static Force to(BreakerState state) {
        return new Force(state, null, null, null);
    }

    /** Returns who gave it, and why. */
    public Attribution attribution() {
        return new Attribution(by, reason);
    }

    /** Returns this order with so much time left to hold. */
    public Force lasting(@Nullable Duration left) {
        return new Force(state, left, by, reason);
    }
}
