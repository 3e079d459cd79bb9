package dev.resilience.oracle;

import dev.resilience.Enforcement;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import java.time.Duration;
import java.util.List;

/** Configurations that leave one thing out. */
final class SimplerConfig {

    private SimplerConfig() {}

    static List<BreakerConfig> all(BreakerConfig config) {
        TripConfig trip = config.trip();
        OpenConfig open = config.open();
        HalfOpenConfig half = config.halfOpen();
        return List.of(
                config.withEnforcement(Enforcement.FULL),
                config.withTrip(trip.withSaturationRate(null)),
                config.withTrip(trip.withConsecutiveFailures(null)),
                config.withTrip(trip.withMinimumCalls(1)),
                config.withTrip(trip.withFailureRate(100)),
                config.withTrip(new TripConfig(
                        trip.minimumCalls(),
                        trip.failureRate(),
                        null,
                        trip.slowCallRate(),
                        trip.saturationRate(),
                        trip.consecutiveFailures())),
                config.withOpen(new OpenConfig(open.duration(), open.multiplier(), open.maxDuration(), 0)),
                config.withOpen(new OpenConfig(open.duration(), 1, open.maxDuration(), open.jitter())),
                config.withHalfOpen(new HalfOpenConfig(half.probes(), half.probeTimeout(), Duration.ZERO)),
                config.withHalfOpen(new HalfOpenConfig(1, half.probeTimeout(), half.ramp())));
    }
}
