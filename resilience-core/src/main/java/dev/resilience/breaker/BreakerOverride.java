package dev.resilience.breaker;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.InvalidSettingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operator laid over a breaker's configuration.
 *
 * @param mode replaces the configured mode; null: leaves it
 * @param rollout replaces the configured rollout, 0 to 100 percent; null: leaves it
 * @param duration how long it holds, above 0 and at most 365 days; null: until it is taken away
 */
public record BreakerOverride(
        @Nullable GuardMode mode,
        @Nullable Integer rollout,
        @Nullable Duration duration) {

    /** Nothing lies over the configuration. */
    public static final BreakerOverride NONE = new BreakerOverride(null, null, null);

    /** @throws InvalidSettingException if a value is out of its range */
    public BreakerOverride {
        InvalidSettingException.require(
                rollout == null || (rollout >= 0 && rollout <= 100), "rollout", rollout, "must be 0 to 100 percent");
        if (duration != null) {
            InvalidSettingException.requirePositive(duration, "duration");
        }
    }

    /** Returns the configuration with this laid over it. */
    BreakerConfig over(BreakerConfig config) {
        if (mode == null && rollout == null) {
            return config;
        }
        Enforcement beneath = config.enforcement();
        return config.withEnforcement(
                new Enforcement(mode == null ? beneath.mode() : mode, rollout == null ? beneath.rollout() : rollout));
    }

    /** Returns this override with what the newer one names replaced, and the newer one's duration. */
    public BreakerOverride replacedBy(BreakerOverride newer) {
        return new BreakerOverride(
                newer.mode == null ? mode : newer.mode,
                newer.rollout == null ? rollout : newer.rollout,
                newer.duration);
    }

    /** Returns this override with so much time left to hold. */
    public BreakerOverride lasting(@Nullable Duration left) {
        if (Objects.equals(duration, left)) {
            return this;
        }
        return new BreakerOverride(mode, rollout, left);
    }

    /** Returns the keys that it replaces, as configuration files spell them. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (mode != null) {
            keys.add("mode");
        }
        if (rollout != null) {
            keys.add("rollout");
        }
        return List.copyOf(keys);
    }
}
