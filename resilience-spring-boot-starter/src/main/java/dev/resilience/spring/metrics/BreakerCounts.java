package dev.resilience.spring.metrics;

import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.BreakerTotals;
import java.util.Map;

/** Lifetime counts of one or more breakers, as fast to add up as a scrape of ten thousand keys needs it. Immutable. */
@SuppressWarnings("EnumOrdinal") // arrays: maps took longer to add up than the breakers to read
final class BreakerCounts {

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final RejectionReason[] REASONS = RejectionReason.values();
    private static final BreakerState[] STATES = BreakerState.values();
    private static final int NANOS = OUTCOMES.length;
    private static final int REJECTED = NANOS + OUTCOMES.length;
    private static final int SHADOW_REJECTED = REJECTED + REASONS.length;
    private static final int TRANSITIONS = SHADOW_REJECTED + REASONS.length;
    private static final int SLOW = TRANSITIONS + STATES.length;

    private final long[] counts;

    private BreakerCounts(long[] counts) {
        this.counts = counts;
    }

    static BreakerCounts of(BreakerTotals totals) {
        long[] counts = new long[SLOW + 1];
        put(totals.calls(), OUTCOMES, counts, 0);
        put(totals.nanos(), OUTCOMES, counts, NANOS);
        put(totals.rejected(), REASONS, counts, REJECTED);
        put(totals.shadowRejected(), REASONS, counts, SHADOW_REJECTED);
        put(totals.transitions(), STATES, counts, TRANSITIONS);
        counts[SLOW] = totals.slow();
        return new BreakerCounts(counts);
    }

    private static <E extends Enum<E>> void put(Map<E, Long> values, E[] constants, long[] counts, int from) {
        for (int constant = 0; constant < constants.length; constant++) {
            counts[from + constant] = values.getOrDefault(constants[constant], 0L);
        }
    }

    BreakerCounts plus(BreakerCounts other) {
        long[] sum = counts.clone();
        for (int count = 0; count < sum.length; count++) {
            sum[count] += other.counts[count];
        }
        return new BreakerCounts(sum);
    }

    long calls(Outcome outcome) {
        return counts[outcome.ordinal()];
    }

    long nanos(Outcome outcome) {
        return counts[NANOS + outcome.ordinal()];
    }

    long rejected(RejectionReason reason) {
        return counts[REJECTED + reason.ordinal()];
    }

    long shadowRejected(RejectionReason reason) {
        return counts[SHADOW_REJECTED + reason.ordinal()];
    }

    long transitions(BreakerState to) {
        return counts[TRANSITIONS + to.ordinal()];
    }

    long slow() {
        return counts[SLOW];
    }
}
