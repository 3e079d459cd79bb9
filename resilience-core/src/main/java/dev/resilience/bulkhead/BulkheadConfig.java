package dev.resilience.bulkhead;

import dev.resilience.Enforcement;
import dev.resilience.InvalidSettingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a bulkhead lets run at once, and how many may wait for how long. Immutable; a value of this type is always valid.
 *
 * @param enforcement how serious the bulkhead is
 * @param maxConcurrent calls at once, at least 1
 * @param maxQueue callers that may wait, at least 0
 * @param maxWait longest wait, 0 to 365 days, above 0 only with a queue; null: {@link #waitOrDefault()}
 * @param maxKeys bound on keyed instances of the name, at least 1
 */
public record BulkheadConfig(
        Enforcement enforcement,
        int maxConcurrent,
        int maxQueue,
        @Nullable Duration maxWait,
        int maxKeys) {

    /** 25 calls at once, nobody waits. */
    public static final BulkheadConfig DEFAULTS = new BulkheadConfig(Enforcement.FULL, 25, 0, null, 1000);

    private static final Duration DEFAULT_WAIT = Duration.ofMillis(500);

    /** @throws InvalidSettingException if a value is out of its range */
    public BulkheadConfig {
        InvalidSettingException.require(maxConcurrent >= 1, "max-concurrent", maxConcurrent, "must be at least 1");
        InvalidSettingException.require(maxQueue >= 0, "max-queue", maxQueue, "must be at least 0");
        if (maxWait != null) {
            InvalidSettingException.requireNotNegative(maxWait, "max-wait");
            InvalidSettingException.require(
                    maxQueue > 0 || maxWait.isZero(),
                    "max-wait",
                    maxWait,
                    "must be 0 where max-queue is 0: nobody can wait without a queue");
        }
        InvalidSettingException.require(maxKeys >= 1, "max-keys", maxKeys, "must be at least 1");
    }

    /** Returns {@code maxWait}, or what holds where none is set: 500 ms with a queue, 0 without. */
    public Duration waitOrDefault() {
        if (maxWait != null) {
            return maxWait;
        }
        return maxQueue > 0 ? DEFAULT_WAIT : Duration.ZERO;
    }

    /** Returns a copy with another {@code enforcement}. */
    public BulkheadConfig withEnforcement(Enforcement other) {
        return new BulkheadConfig(other, maxConcurrent, maxQueue, maxWait, maxKeys);
    }

    /** Returns a copy with another {@code maxConcurrent}. */
    public BulkheadConfig withMaxConcurrent(int calls) {
        return new BulkheadConfig(enforcement, calls, maxQueue, maxWait, maxKeys);
    }

    /** Returns a copy with another queue and wait. */
    public BulkheadConfig withQueue(int callers, @Nullable Duration wait) {
        return new BulkheadConfig(enforcement, maxConcurrent, callers, wait, maxKeys);
    }

    /** Returns a copy with another {@code maxKeys}. */
    public BulkheadConfig withMaxKeys(int other) {
        return new BulkheadConfig(enforcement, maxConcurrent, maxQueue, maxWait, other);
    }
}
