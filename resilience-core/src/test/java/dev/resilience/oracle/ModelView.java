package dev.resilience.oracle;

import dev.resilience.breaker.BreakerConfig;
import org.jspecify.annotations.Nullable;

/** What is shown of what a state judges; rates are null where so few calls say nothing. */
record ModelView(
        long calls,
        long failures,
        long slow,
        long refused,
        @Nullable Double failureRate,
        @Nullable Double slowCallRate,
        @Nullable Double saturationRate) {

    static final ModelView EMPTY = new ModelView(0, 0, 0, 0, null, null, null);

    static ModelView of(BreakerConfig config, ModelWindow window, ModelWindow attempts, long now) {
        boolean watched = config.trip().saturationRate() != null;
        int least = ModelRules.minimumCalls(config);
        long calls = window.calls(now);
        return new ModelView(
                calls,
                window.failures(now),
                window.slow(now),
                watched ? attempts.refused(now) : 0,
                rate(window.failures(now), calls, least),
                rate(window.slow(now), calls, least),
                watched ? rate(attempts.refused(now), attempts.calls(now), least) : null);
    }

    private static @Nullable Double rate(long part, long whole, int least) {
        return whole < least ? null : (Double) (100.0 * part / whole);
    }
}
