package dev.resilience.breaker;

import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

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
    private static final int SHADOW = RejectionReason.values().length;
    private static final int TRANSITIONS = 2 * SHADOW;

    private final long[] calls = new long[OUTCOMES.length];
    private final long[] nanos = new long[OUTCOMES.length];
    private long slow;
    private long unused;

    /** Rejections, those of shadow, and transitions; null until there is one: most of many keys never have any. */
    private long @Nullable [] rare;

    void ended(Outcome outcome, long duration, boolean wasSlow) {
        calls[outcome.ordinal()]++;
        nanos[outcome.ordinal()] += duration;
        slow += wasSlow ? 1 : 0;
    }

    void succeeded(long count, long durations) {
        calls[Outcome.SUCCESS.ordinal()] += count;
        nanos[Outcome.SUCCESS.ordinal()] += durations;
    }

    void givenBack() {
        unused++;
    }

    void rejected(RejectionReason reason) {
        countRare(reason.ordinal());
    }

    void shadowRejected(RejectionReason reason) {
        countRare(SHADOW + reason.ordinal());
    }

    void entered(BreakerState state) {
        countRare(TRANSITIONS + state.ordinal());
    }

    private void countRare(int index) {
        if (rare == null) {
            rare = new long[TRANSITIONS + STATES.length];
        }
        rare[index]++;
    }

    private long rare(int index) {
        return rare == null ? 0 : rare[index];
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
                byConstant(Outcome.class, OUTCOMES, outcome -> calls[outcome.ordinal()]),
                byConstant(Outcome.class, OUTCOMES, outcome -> nanos[outcome.ordinal()]),
                slow,
                byConstant(RejectionReason.class, REASONS, reason -> rare(reason.ordinal())),
                byConstant(RejectionReason.class, REASONS, reason -> rare(SHADOW + reason.ordinal())),
                byConstant(BreakerState.class, STATES, state -> rare(TRANSITIONS + state.ordinal())));
    }

    private static <E extends Enum<E>> Map<E, Long> byConstant(Class<E> type, E[] constants, ToLongFunction<E> count) {
        Map<E, Long> map = new EnumMap<>(type);
        for (E constant : constants) {
            map.put(constant, count.applyAsLong(constant));
        }
        return map;
    }
}
