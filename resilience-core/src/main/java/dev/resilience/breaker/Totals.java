package dev.resilience.breaker;

import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import java.util.EnumMap;
import java.util.Map;

/** Lifetime counts of a breaker. Guarded by the breaker's lock. */
@SuppressWarnings("EnumOrdinal") // arrays: these are counted on the way of every call, and kept for every key
final class Totals {

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final BreakerState[] STATES = BreakerState.values();
    private static final RejectionReason[] REASONS = {
        RejectionReason.OPEN,
        RejectionReason.HALF_OPEN,
        RejectionReason.RECOVERING,
        RejectionReason.FORCED_OPEN,
        RejectionReason.DEADLINE
    };

    private final long[] calls = new long[OUTCOMES.length];
    private final long[] nanos = new long[OUTCOMES.length];
    private final long[] rejected = new long[RejectionReason.values().length];
    private final long[] shadowRejected = new long[RejectionReason.values().length];
    private final long[] transitions = new long[STATES.length];
    private long slow;
    private long unused;

    void ended(Outcome outcome, long duration, boolean wasSlow) {
        calls[outcome.ordinal()]++;
        nanos[outcome.ordinal()] += duration;
        slow += wasSlow ? 1 : 0;
    }

    void givenBack() {
        unused++;
    }

    void rejected(RejectionReason reason) {
        rejected[reason.ordinal()]++;
    }

    void shadowRejected(RejectionReason reason) {
        shadowRejected[reason.ordinal()]++;
    }

    void entered(BreakerState state) {
        transitions[state.ordinal()]++;
    }

    /** Returns how many granted permits have come back, used or not. */
    long returned() {
        long sum = unused;
        for (long count : calls) {
            sum += count;
        }
        return sum;
    }

    BreakerTotals snapshot() {
        return new BreakerTotals(
                byConstant(Outcome.class, OUTCOMES, calls),
                byConstant(Outcome.class, OUTCOMES, nanos),
                slow,
                byConstant(RejectionReason.class, REASONS, rejected),
                byConstant(RejectionReason.class, REASONS, shadowRejected),
                byConstant(BreakerState.class, STATES, transitions));
    }

    private static <E extends Enum<E>> Map<E, Long> byConstant(Class<E> type, E[] constants, long[] counts) {
        Map<E, Long> map = new EnumMap<>(type);
        for (E constant : constants) {
            map.put(constant, counts[constant.ordinal()]);
        }
        return map;
    }
}
