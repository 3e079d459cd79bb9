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

    private static final Map<RejectionReason, Long> NO_REJECTIONS =
            byConstant(RejectionReason.class, REASONS, reason -> 0);
    private static final Map<BreakerState, Long> NO_TRANSITIONS = byConstant(BreakerState.class, STATES, state -> 0);

    private static final int NANOS = OUTCOMES.length;

    private static final int SLOW = 0;
    private static final int UNUSED = 1;
    private static final int REJECTED = 2;
    private static final int SHADOW = REJECTED + RejectionReason.values().length;
    private static final int TRANSITIONS = SHADOW + RejectionReason.values().length;

    private long granted;

    /** How many calls ended with each outcome, and after them how long these took. */
    private final long[] ended = new long[2 * OUTCOMES.length];

    /** All other counts; null until there is one: most of many keys never have any. */
    private long @Nullable [] rare;

    void granted(long permits) {
        granted += permits;
    }

    void ended(Outcome outcome, long duration, boolean wasSlow) {
        ended[outcome.ordinal()]++;
        ended[NANOS + outcome.ordinal()] += duration;
        if (wasSlow) {
            countRare(SLOW);
        }
    }

    void succeeded(long count, long durations) {
        ended[Outcome.SUCCESS.ordinal()] += count;
        ended[NANOS + Outcome.SUCCESS.ordinal()] += durations;
    }

    void givenBack() {
        countRare(UNUSED);
    }

    void rejected(RejectionReason reason, long count) {
        countRare(REJECTED + reason.ordinal(), count);
    }

    void shadowRejected(RejectionReason reason) {
        countRare(SHADOW + reason.ordinal());
    }

    void entered(BreakerState state) {
        countRare(TRANSITIONS + state.ordinal());
    }

    private void countRare(int index) {
        countRare(index, 1);
    }

    private void countRare(int index, long count) {
        if (rare == null) {
            rare = new long[TRANSITIONS + STATES.length];
        }
        rare[index] += count;
    }

    private long rare(int index) {
        return rare == null ? 0 : rare[index];
    }

    /** Returns how many granted permits have not come back yet, used or not. */
    long concurrent() {
        long left = granted - rare(UNUSED);
        for (Outcome outcome : OUTCOMES) {
            left -= ended[outcome.ordinal()];
        }
        return Math.max(0, left);
    }

    BreakerTotals snapshot() {
        return new BreakerTotals(
                byConstant(Outcome.class, OUTCOMES, outcome -> ended[outcome.ordinal()]),
                byConstant(Outcome.class, OUTCOMES, outcome -> ended[NANOS + outcome.ordinal()]),
                rare(SLOW),
                rare == null ? NO_REJECTIONS : rejections(REJECTED),
                rare == null ? NO_REJECTIONS : rejections(SHADOW),
                rare == null
                        ? NO_TRANSITIONS
                        : byConstant(BreakerState.class, STATES, state -> rare(TRANSITIONS + state.ordinal())));
    }

    private Map<RejectionReason, Long> rejections(int first) {
        return byConstant(RejectionReason.class, REASONS, reason -> rare(first + reason.ordinal()));
    }

    private static <E extends Enum<E>> Map<E, Long> byConstant(Class<E> type, E[] constants, ToLongFunction<E> count) {
        Map<E, Long> map = new EnumMap<>(type);
        for (E constant : constants) {
            map.put(constant, count.applyAsLong(constant));
        }
        return map;
    }
}
