package dev.resilience.breaker;

import static dev.resilience.InvalidValues.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerConfigTests {

    private static final String RATE = "must be above 0 and at most 100 percent";
    private static final String DURATION = "must be above 0 and at most 365 days";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                -1,
                100.00001,
                101,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MAX_VALUE
            })
    void refusesRatesThatAreNoPercentageAboveZero(double rate) {
        TripConfig trip = TripConfig.DEFAULTS;
        assertRefused(() -> trip.withFailureRate(rate), "Invalid failure-rate (" + rate + "): " + RATE);
        assertRefused(() -> trip.withSlowCalls(SECOND, rate), "Invalid slow-call-rate (" + rate + "): " + RATE);
        assertRefused(() -> trip.withSaturationRate(rate), "Invalid saturation-rate (" + rate + "): " + RATE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 0.1, 50, 100})
    void takesRatesUpToAHundredPercent(double rate) {
        assertThat(TripConfig.DEFAULTS.withFailureRate(rate).failureRate()).isEqualTo(rate);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesCountsBelowOne(int count) {
        assertRefused(
                () -> TripConfig.DEFAULTS.withMinimumCalls(count),
                "Invalid minimum-calls (" + count + "): must be at least 1");
        assertRefused(
                () -> TripConfig.DEFAULTS.withConsecutiveFailures(count),
                "Invalid consecutive-failures (" + count + "): must be at least 1");
        assertRefused(
                () -> new HalfOpenConfig(count, SECOND, Duration.ZERO),
                "Invalid half-open.probes (" + count + "): must be at least 1");
        assertRefused(
                () -> BreakerConfig.DEFAULTS.withMaxKeys(count),
                "Invalid max-keys (" + count + "): must be at least 1");
        assertRefused(() -> WindowSize.calls(count), "Invalid window (" + count + " calls): must be at least 1 call");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P366D", "PT2562047788015215H30M7.999999999S"})
    void refusesDurationsOutOfRange(String text) {
        Duration wrong = Duration.parse(text);
        assertRefused(() -> WindowSize.time(wrong), "Invalid window (" + wrong + "): " + DURATION);
        assertRefused(
                () -> TripConfig.DEFAULTS.withSlowCalls(wrong, 80),
                "Invalid slow-call-duration (" + wrong + "): " + DURATION);
        assertRefused(
                () -> new OpenConfig(wrong, 2, Duration.ofDays(365), 20),
                "Invalid open.duration (" + wrong + "): " + DURATION);
        assertRefused(
                () -> new OpenConfig(SECOND, 2, wrong, 20), "Invalid open.max-duration (" + wrong + "): " + DURATION);
        assertRefused(
                () -> new HalfOpenConfig(5, wrong, Duration.ZERO),
                "Invalid half-open.probe-timeout (" + wrong + "): " + DURATION);
        assertRefused(
                () -> new Force(BreakerState.FORCED_OPEN, wrong, null, null),
                "Invalid duration (" + wrong + "): " + DURATION);
        assertRefused(() -> new BreakerOverride(null, null, wrong), "Invalid duration (" + wrong + "): " + DURATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "P366D"})
    void refusesARampThatIsNegativeOrAboveAYear(String text) {
        Duration wrong = Duration.parse(text);
        assertRefused(
                () -> new HalfOpenConfig(5, SECOND, wrong),
                "Invalid half-open.ramp (" + wrong + "): must be at least 0 and at most 365 days");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.99, -2, 100.01, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesMultipliersOutsideOfOneToAHundred(double multiplier) {
        assertRefused(
                () -> new OpenConfig(SECOND, multiplier, SECOND, 20),
                "Invalid open.multiplier (" + multiplier + "): must be 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.01, 101, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAJitterThatIsNoPercentage(double jitter) {
        assertRefused(
                () -> new OpenConfig(SECOND, 2, SECOND, jitter),
                "Invalid open.jitter (" + jitter + "): must be 0 to 100 percent");
    }

    @Test
    void refusesALongestIntervalBelowTheFirst() {
        assertRefused(
                () -> new OpenConfig(Duration.ofSeconds(30), 2, Duration.ofSeconds(29), 20),
                "Invalid open.max-duration (PT29S): must be at least open.duration (PT30S)");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void refusesAnOverridingRolloutThatIsNoPercentage(int rollout) {
        assertRefused(
                () -> new BreakerOverride(null, rollout, null),
                "Invalid rollout (" + rollout + "): must be 0 to 100 percent");
    }

    @Test
    void refusesToForceAStateThatIsNoForcedOne() {
        assertRefused(() -> Force.to(BreakerState.OPEN), "Invalid state (OPEN): must be FORCED_OPEN or FORCED_CLOSED");
    }

    @Test
    void survivesTheLongestAndLargestOfAll() {
        Duration year = Duration.ofDays(365);
        BreakerConfig largest = BreakerConfig.DEFAULTS
                .withWindow(WindowSize.time(year))
                .withTrip(new TripConfig(Integer.MAX_VALUE, 100, year, 100, 100.0, 1))
                .withOpen(new OpenConfig(year, 100, year, 0))
                .withHalfOpen(new HalfOpenConfig(Integer.MAX_VALUE, year, year));
        ManualTicker ticker = new ManualTicker();
        CircuitBreaker breaker = new CircuitBreaker(
                Name.of("largest"),
                largest,
                BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
        breaker.end(breaker.acquire(), Outcome.FAILURE, 0, 0, null);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        ticker.advance(year);
        assertThat(breaker.snapshot().probeDue()).isTrue();
    }

    @Test
    void takesCountsOfOne() {
        BreakerConfig least = BreakerConfig.DEFAULTS
                .withWindow(WindowSize.calls(1))
                .withTrip(TripConfig.DEFAULTS.withMinimumCalls(1).withConsecutiveFailures(1))
                .withHalfOpen(new HalfOpenConfig(1, SECOND, Duration.ZERO))
                .withMaxKeys(1);

        assertThat(least.maxKeys()).isEqualTo(1);
        assertThat(least.window()).hasToString("1 calls");
    }

    @Test
    void keepsEverythingElseOfACopy() {
        ExceptionRules rules = new ExceptionRules(List.of(IOException.class), List.of());
        BreakerConfig another = BreakerConfig.DEFAULTS
                .withExceptions(rules)
                .withTimeout(SECOND)
                .withMaxKeys(7)
                .withOpen(new OpenConfig(SECOND, 1, SECOND, 0))
                .withWindow(WindowSize.time(SECOND))
                .withEnforcement(new Enforcement(GuardMode.SHADOW, 30));

        assertThat(another)
                .isEqualTo(new BreakerConfig(
                        new Enforcement(GuardMode.SHADOW, 30),
                        new WindowSize.Time(SECOND),
                        TripConfig.DEFAULTS,
                        SECOND,
                        rules,
                        new OpenConfig(SECOND, 1, SECOND, 0),
                        HalfOpenConfig.DEFAULTS,
                        7));
        assertThat(another.window()).hasToString("PT1S");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void takesAnOverridingRolloutUpToItsBounds(int rollout) {
        assertThat(new BreakerOverride(null, rollout, null).rollout()).isEqualTo(rollout);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 100})
    void takesMultipliersAndJittersUpToTheirBounds(double bound) {
        OpenConfig open = new OpenConfig(Duration.ofSeconds(1), bound, Duration.ofSeconds(1), bound == 1 ? 0 : 100);

        assertThat(open.multiplier()).isEqualTo(bound);
    }
}
