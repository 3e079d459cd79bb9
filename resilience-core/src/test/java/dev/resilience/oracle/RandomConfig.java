package dev.resilience.oracle;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.ExceptionRules;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Configurations of a breaker at random: small numbers, so that histories of some dozen steps reach every limit. */
final class RandomConfig {

    private static final List<Double> RATES =
            List.of(0.1, 1.0, 10.0, 12.5, 20.0, 25.0, 33.3, 37.5, 40.0, 50.0, 60.0, 62.5, 66.7, 75.0, 99.9, 100.0);
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofNanos(100), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofDays(365));
    private static final List<Duration> INTERVALS =
            List.of(Duration.ofNanos(7), Duration.ofMillis(30), Duration.ofMillis(100), Duration.ofSeconds(1));
    private static final List<Double> MULTIPLIERS = List.of(1.0, 1.5, 2.0, 100.0);
    private static final List<Double> JITTERS = List.of(0.0, 20.0, 33.3, 100.0);
    private static final List<Duration> PROBE_TIMEOUTS =
            List.of(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(30));
    private static final List<Duration> RAMPS =
            List.of(Duration.ofNanos(3), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofDays(365));
    private static final List<Duration> SLOW =
            List.of(Duration.ofNanos(1), Duration.ofMillis(5), Duration.ofMillis(50));

    private static final List<Integer> ROLLOUTS = List.of(0, 1, 25, 50, 99, 100);

    private final Random random;

    private RandomConfig(Random random) {
        this.random = random;
    }

    static BreakerConfig of(Random random) {
        RandomConfig dice = new RandomConfig(random);
        return BreakerConfig.DEFAULTS
                .withEnforcement(dice.enforcement())
                .withWindow(dice.window())
                .withTrip(dice.trip())
                .withExceptions(new ExceptionRules(List.of(), List.of(GuardedCalls.IgnoredException.class)))
                .withOpen(dice.open())
                .withHalfOpen(dice.halfOpen());
    }

    private Enforcement enforcement() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Enforcement(GuardMode.SHADOW, any(ROLLOUTS));
            case 2 -> new Enforcement(GuardMode.OFF, any(ROLLOUTS));
            case 3, 4 -> new Enforcement(GuardMode.ENFORCE, any(ROLLOUTS));
            default -> Enforcement.FULL;
        };
    }

    static BreakerOverride override(Random random) {
        RandomConfig dice = new RandomConfig(random);
        boolean mode = random.nextBoolean();
        return new BreakerOverride(
                mode ? dice.any(List.of(GuardMode.values())) : null,
                mode ? dice.maybe(ROLLOUTS) : dice.any(ROLLOUTS),
                dice.maybe(INTERVALS));
    }

    private WindowSize window() {
        return random.nextBoolean() ? WindowSize.calls(1 + random.nextInt(8)) : WindowSize.time(any(WINDOWS));
    }

    private TripConfig trip() {
        return new TripConfig(
                1 + random.nextInt(6), any(RATES), maybe(SLOW), any(RATES), maybe(RATES), maybe(List.of(1, 2, 3, 5)));
    }

    private OpenConfig open() {
        Duration first = any(INTERVALS);
        return new OpenConfig(first, any(MULTIPLIERS), first.multipliedBy(1 + random.nextInt(10)), any(JITTERS));
    }

    private HalfOpenConfig halfOpen() {
        Duration ramp = random.nextBoolean() ? Duration.ZERO : any(RAMPS);
        return new HalfOpenConfig(1 + random.nextInt(6), any(PROBE_TIMEOUTS), ramp);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> @Nullable T maybe(List<T> values) {
        return random.nextInt(5) < 2 ? any(values) : null;
    }
}
