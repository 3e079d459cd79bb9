package dev.resilience.breaker;

import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a breaker has counted since it was made. Every map has an entry for each constant that can occur.
 *
 * @param calls permitted calls that ended, by outcome
 * @param nanos their durations in nanoseconds, summed by outcome
 * @param slow how many of them were slow
 * @param rejected calls that were refused, by reason
 * @param shadowRejected calls that were let through by mode or rollout only, by the reason that would have refused them
 * @param transitions entries into each state
 */
public record BreakerTotals(
        Map<Outcome, Long> calls,
        Map<Outcome, Long> nanos,
        long slow,
        Map<RejectionReason, Long> rejected,
        Map<RejectionReason, Long> shadowRejected,
        Map<BreakerState, Long> transitions) {

    /** Copies the maps. */
    public BreakerTotals {
        calls = Collections.unmodifiableMap(new EnumMap<>(calls));
        nanos = Collections.unmodifiableMap(new EnumMap<>(nanos));
        rejected = Collections.unmodifiableMap(new EnumMap<>(rejected));
        shadowRejected = Collections.unmodifiableMap(new EnumMap<>(shadowRejected));
        transitions = Collections.unmodifiableMap(new EnumMap<>(transitions));
    }

    /** Returns the sum of both, count by count. */
    public BreakerTotals plus(BreakerTotals other) {
        return new BreakerTotals(
                sum(calls, other.calls),
                sum(nanos, other.nanos),
                slow + other.slow,
                sum(rejected, other.rejected),
                sum(shadowRejected, other.shadowRejected),
                sum(transitions, other.transitions));
    }

    /** Returns how many calls were refused, for whatever reason. */
    public long allRejected() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many calls were let through by mode or rollout only. */
    public long allShadowRejected() {
        return shadowRejected.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <K extends Enum<K>> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
        Map<K, Long> sum = new EnumMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }
}
