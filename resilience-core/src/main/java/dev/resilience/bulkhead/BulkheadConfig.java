package dev.resilience.bulkhead;

import dev.resilience.Criticality;
import dev.resilience.Enforcement;
import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a bulkhead lets run at once, and how many may wait for how long. Immutable; a value of this type is always valid.
 *
 * @param enforcement how serious the bulkhead is
 * @param maxConcurrent calls at once, at least 1
 * @param maxQueue callers that may wait, at least 0
 * @param maxWait longest wait, 0 to 365 days, above 0 only with a queue; null: {@link #waitOrDefault()}
 * @param executor whose threads make the calls
 * @param shares percent of {@code maxConcurrent}, 1 to 100 and at most 100 in sum, guaranteed to callers by the name of their
 *     {@link Criticality}; the number of places is rounded down
 * @param maxKeys bound on keyed instances of the name, at least 1
 */
public record BulkheadConfig(
        Enforcement enforcement,
        int maxConcurrent,
        int maxQueue,
        @Nullable Duration maxWait,
        BulkheadExecutor executor,
        Map<String, Integer> shares,
        int maxKeys) {

    /** 25 calls at once, nobody waits. */
    public static final BulkheadConfig DEFAULTS =
            new BulkheadConfig(Enforcement.FULL, 25, 0, null, BulkheadExecutor.CALLER, Map.of(), 1000);

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
        InvalidSettingException.require(
                executor != BulkheadExecutor.VIRTUAL || OwnThreads.canBeVirtual(),
                "executor",
                "virtual",
                "must be caller or platform on Java " + Runtime.version().feature()
                        + ": virtual threads need Java 21 or newer");
        shares = checked(shares);
        InvalidSettingException.require(maxKeys >= 1, "max-keys", maxKeys, "must be at least 1");
    }

    private static Map<String, Integer> checked(Map<String, Integer> shares) {
        Map<String, Integer> byName = new TreeMap<>(shares);
        Set<String> forms = new HashSet<>();
        int sum = 0;
        for (Map.Entry<String, Integer> share : byName.entrySet()) {
            String setting = "shares." + share.getKey();
            InvalidSettingException.require(
                    Name.isValid(share.getKey()), setting, share.getValue(), "must be under the name of a criticality");
            InvalidSettingException.require(
                    forms.add(Name.canonical(share.getKey())),
                    setting,
                    share.getValue(),
                    "must be the only share of its criticality; another one differs only in its spelling");
            InvalidSettingException.require(
                    share.getValue() >= 1 && share.getValue() <= 100,
                    setting,
                    share.getValue(),
                    "must be 1 to 100 percent");
            sum += share.getValue();
            InvalidSettingException.require(
                    sum <= 100, setting, share.getValue(), "must leave the sum of all shares at 100 percent or less");
        }
        return Collections.unmodifiableMap(byName);
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
        return new BulkheadConfig(other, maxConcurrent, maxQueue, maxWait, executor, shares, maxKeys);
    }

    /** Returns a copy with another {@code maxConcurrent}. */
    public BulkheadConfig withMaxConcurrent(int calls) {
        return new BulkheadConfig(enforcement, calls, maxQueue, maxWait, executor, shares, maxKeys);
    }

    /** Returns a copy with another queue and wait. */
    public BulkheadConfig withQueue(int callers, @Nullable Duration wait) {
        return new BulkheadConfig(enforcement, maxConcurrent, callers, wait, executor, shares, maxKeys);
    }

    /** Returns a copy with another {@code maxKeys}. */
    public BulkheadConfig withMaxKeys(int other) {
        return new BulkheadConfig(enforcement, maxConcurrent, maxQueue, maxWait, executor, shares, other);
    }

    /** Returns a copy with another {@code executor}. */
    public BulkheadConfig withExecutor(BulkheadExecutor other) {
        return new BulkheadConfig(enforcement, maxConcurrent, maxQueue, maxWait, other, shares, maxKeys);
    }

    /** Returns a copy with other {@code shares}. */
    public BulkheadConfig withShares(Map<String, Integer> percents) {
        return new BulkheadConfig(enforcement, maxConcurrent, maxQueue, maxWait, executor, percents, maxKeys);
    }
}
