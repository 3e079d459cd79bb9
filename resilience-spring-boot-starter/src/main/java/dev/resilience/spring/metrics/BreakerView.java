package dev.resilience.spring.metrics;

import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.BreakerTotals;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.WindowSnapshot;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the meters of a breaker show.
 *
 * @param totals counts
 * @param states how many breakers are in each state; none: no entry
 * @param concurrent permitted calls that have not ended
 * @param failureRate of the breakers whose window says something
 * @param slowRate of the breakers whose window says something
 * @param saturationRate of the breakers whose window says something
 */
record BreakerView(
        BreakerTotals totals,
        Map<BreakerState, Integer> states,
        long concurrent,
        Rate failureRate,
        Rate slowRate,
        Rate saturationRate)
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

    static BreakerView of(CircuitBreaker breaker) {
        BreakerSnapshot snapshot = breaker.snapshot();
        WindowSnapshot window = snapshot.window();
        return new BreakerView(
                snapshot.totals(),
                Map.of(snapshot.state(), 1),
                snapshot.concurrent(),
                Rate.of(window.failureRate(), window.calls()),
                Rate.of(window.slowCallRate(), window.calls()),
                Rate.of(window.saturationRate(), window.calls() + window.refused()));
    }

    @Override
    public BreakerView plus(BreakerView other) {
        Map<BreakerState, Integer> both = new EnumMap<>(BreakerState.class);
        both.putAll(states);
        other.states.forEach((state, count) -> both.merge(state, count, Integer::sum));
        return new BreakerView(
                totals.plus(other.totals),
                both,
                concurrent + other.concurrent,
                failureRate.plus(other.failureRate),
                slowRate.plus(other.slowRate),
                saturationRate.plus(other.saturationRate));
    }

    @Override
    public BreakerView remains() {
        return new BreakerView(totals, Map.of(), 0, Rate.UNKNOWN, Rate.UNKNOWN, Rate.UNKNOWN);
    }
}
