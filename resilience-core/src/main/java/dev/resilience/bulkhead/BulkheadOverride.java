package dev.resilience.bulkhead;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator laid over a bulkhead's configuration; each null leaves the setting beneath.
 *
 * <p>Its values are checked together with the configuration beneath, when it is laid over it.
 *
 * @param mode replaces the configured mode
 * @param rollout replaces the configured rollout
 * @param maxConcurrent replaces the configured limit
 * @param maxQueue replaces the configured queue
 * @param maxWait replaces the configured wait
 */
public record BulkheadOverride(
        @Nullable GuardMode mode,
        @Nullable Integer rollout,
        @Nullable Integer maxConcurrent,
        @Nullable Integer maxQueue,
        @Nullable Duration maxWait) {

    /** Nothing lies over the configuration. */
    public static final BulkheadOverride NONE = new BulkheadOverride(null, null, null, null, null);

    /**
     * Returns the configuration with this laid over it.
     *
     * @throws dev.resilience.InvalidSettingException if the result is not valid
     */
    public BulkheadConfig over(BulkheadConfig config) {
        Enforcement beneath = config.enforcement();
        return new BulkheadConfig(
                new Enforcement(or(mode, beneath.mode()), or(rollout, beneath.rollout())),
                or(maxConcurrent, config.maxConcurrent()),
                or(maxQueue, config.maxQueue()),
                maxWait == null ? config.maxWait() : maxWait,
                config.executor(),
                config.shares(),
                config.maxKeys());
    }

    /** Returns this override with what the newer one names replaced. */
    public BulkheadOverride replacedBy(BulkheadOverride newer) {
        return new BulkheadOverride(
                newer.mode == null ? mode : newer.mode,
                newer.rollout == null ? rollout : newer.rollout,
                newer.maxConcurrent == null ? maxConcurrent : newer.maxConcurrent,
                newer.maxQueue == null ? maxQueue : newer.maxQueue,
                newer.maxWait == null ? maxWait : newer.maxWait);
    }

    private static <T> T or(@Nullable T value, T beneath) {
        return value == null ? beneath : value;
    }

    /** Returns the keys that it replaces, as configuration files spell them. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        addIf(mode, "mode", keys);
        addIf(rollout, "rollout", keys);
        addIf(maxConcurrent, "max-concurrent", keys);
        addIf(maxQueue, "max-queue", keys);
        addIf(maxWait, "max-wait", keys);
        return List.copyOf(keys);
    }

    private static void addIf(@Nullable Object value, String key, List<String> keys) {
        if (value != null) {
            keys.add(key);
        }
    }
}
