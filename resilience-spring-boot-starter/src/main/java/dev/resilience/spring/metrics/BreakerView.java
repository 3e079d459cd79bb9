package dev.resilience.spring.metrics;

import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.WindowSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the meters of a breaker show.
 *
 * @param totals counts
 * @param states how many breakers are in each state
 * @param concurrent permitted calls that have not ended
 * @param failureRate of the breakers whose window says something
 * @param slowRate of the breakers whose window says something
 * @param saturationRate of the breakers whose window says something
 */
record BreakerView(
        BreakerCounts totals, InStates states, long concurrent, Rate failureRate, Rate slowRate, Rate saturationRate)
        implements View<BreakerView> {

    /** A rate over several windows: each counts by how many calls are in it. */
    record Rate(double weighted, long weight) {

        private static final Rate UNKNOWN = new Rate(0, 0);

        private static Rate of(@Nullable Double percent, long calls) {
            return percent == null ? UNKNOWN : new Rate(percent * calls, calls);
        }

        private Rate plus(Rate other) {
            return new Rate(weighted + other.weighted, weight + other.weight);
        }

        double percent() {
            return weight == 0 ? Double.NaN : weighted / weight;
        }
    }

    /** How many breakers are in each state. Immutable. */
    @SuppressWarnings("EnumOrdinal") // an array, as the counts are
    static final class InStates {

        private static final InStates NONE = new InStates(new int[BreakerState.values().length]);

        private final int[] counts;

        private InStates(int[] counts) {
            this.counts = counts;
        }

        private static InStates one(BreakerState state) {
            int[] counts = new int[NONE.counts.length];
            counts[state.ordinal()] = 1;
            return new InStates(counts);
        }

        private InStates plus(InStates other) {
            int[] sum = counts.clone();
            for (int state = 0; state < sum.length; state++) {
                sum[state] += other.counts[state];
            }
            return new InStates(sum);
        }

        int of(BreakerState state) {
            return counts[state.ordinal()];
        }
    }

    static BreakerView of(CircuitBreaker breaker) {
        BreakerSnapshot snapshot = breaker.snapshot();
        WindowSnapshot window = snapshot.window();
        return new BreakerView(
                BreakerCounts.of(snapshot.totals()),
                InStates.one(snapshot.state()),
                snapshot.concurrent(),
                Rate.of(window.failureRate(), window.calls()),
                Rate.of(window.slowCallRate(), window.calls()),
                Rate.of(window.saturationRate(), window.calls() + window.refused()));
    }

    @Override
    public BreakerView plus(BreakerView other) {
        return new BreakerView(
                totals.plus(other.totals),
                states.plus(other.states),
                concurrent + other.concurrent,
                failureRate.plus(other.failureRate),
                slowRate.plus(other.slowRate),
                saturationRate.plus(other.saturationRate));
    }

    @Override
    public boolean isBusy() {
        return concurrent > 0;
    }

    @Override
    public BreakerView remains() {
        return new BreakerView(totals, InStates.NONE, 0, Rate.UNKNOWN, Rate.UNKNOWN, Rate.UNKNOWN);
    }
}
