package dev.resilience.spring.actuate;

import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerFamily;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What an order acts on: one keyed breaker, or all of a name, those to come among them.
 *
 * @param breakers those that are there
 */
record BreakerControls(
        List<CircuitBreaker> breakers,
        Consumer<Force> force,
        Predicate<Attribution> release,
        Consumer<Attribution> reset,
        Consumer<BreakerOverride> override,
        BooleanSupplier clearOverride) {

    static BreakerControls of(BreakerFamily family) {
        return new BreakerControls(
                family.all(), family::force, family::release, family::reset, family::override, family::clearOverride);
    }

    static BreakerControls of(CircuitBreaker breaker) {
        return new BreakerControls(
                List.of(breaker),
                breaker::force,
                breaker::release,
                breaker::reset,
                breaker::override,
                breaker::clearOverride);
    }
}
