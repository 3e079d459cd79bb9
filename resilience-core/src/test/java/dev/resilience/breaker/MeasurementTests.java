package dev.resilience.breaker;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.Outcome.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasurementTests {

    private static final long TENTH = 1000;
    private static final BreakerConfig PLAIN = BreakerConfig.DEFAULTS
            .withWindow(WindowSize.time(Duration.ofNanos(10 * TENTH)))
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(3).withFailureRate(100));
    private static final BreakerConfig SATURABLE =
            PLAIN.withTrip(PLAIN.trip().withSaturationRate(100.0).withSlowCalls(Duration.ofDays(1), 100));

    private final Measurement measurement = new Measurement(PLAIN, 0);

    private void record(BreakerConfig config, Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            measurement.record(outcome, 5, 0, config);
        }
    }

    @Test
    void isDecidedWithoutAnyBadCall() {
        record(PLAIN, SUCCESS);

        assertThat(measurement.isDecided(PLAIN)).isTrue();
    }

    @Test
    void isUndecidedWithAFailureUnderMinimumCalls() {
        record(PLAIN, FAILURE, SUCCESS);

        assertThat(measurement.isDecided(PLAIN)).isFalse();
    }

    @Test
    void isUndecidedWithASlowCallUnderMinimumCalls() {
        BreakerConfig slow = PLAIN.withTrip(PLAIN.trip().withSlowCalls(Duration.ofNanos(5), 100));
        record(slow, SUCCESS);

        assertThat(measurement.isDecided(slow)).isFalse();
    }

    @Test
    void isDecidedFromMinimumCallsOn() {
        record(PLAIN, FAILURE, SUCCESS, TIMEOUT);

        assertThat(measurement.isDecided(PLAIN)).isTrue();
    }

    @Test
    void isUndecidedWithARefusalUnderMinimumCalls() {
        measurement.fit(SATURABLE, 0);
        record(SATURABLE, SUCCESS);
        measurement.recordRefusal(0, SATURABLE);

        assertThat(measurement.isDecided(SATURABLE)).isFalse();
    }

    @Test
    void isDecidedWithARefusalFromMinimumCallsOn() {
        measurement.fit(SATURABLE, 0);
        record(SATURABLE, SUCCESS, SUCCESS);
        measurement.recordRefusal(0, SATURABLE);

        assertThat(measurement.isDecided(SATURABLE)).isTrue();
    }

    @Test
    void isDecidedWithoutAnyRefusal() {
        measurement.fit(SATURABLE, 0);
        record(SATURABLE, SUCCESS);

        assertThat(measurement.isDecided(SATURABLE)).isTrue();
    }

    @Test
    void isSteadyUntilItsNewestTenthEnds() {
        measurement.record(SUCCESS, 5, TENTH + 1, PLAIN);

        assertThat(measurement.steadyUntil()).isEqualTo(2 * TENTH);
    }

    @Test
    void isSteadyUntilTheEarlierEndWhereThatIsOfItsCalls() {
        measurement.fit(SATURABLE, TENTH / 2);
        measurement.record(SUCCESS, 5, TENTH / 2, SATURABLE);

        assertThat(measurement.steadyUntil()).isEqualTo(TENTH);
    }

    @Test
    void isSteadyUntilTheEarlierEndWhereThatIsOfItsAttempts() {
        measurement.fit(SATURABLE, TENTH - 100);
        measurement.record(SUCCESS, 5, TENTH - 100, SATURABLE);
        measurement.record(SUCCESS, 5, TENTH + 200, SATURABLE);

        assertThat(measurement.steadyUntil()).isEqualTo(2 * TENTH - 100);
    }

    @Test
    void takesSuccessesCountedAsideForAttemptsToo() {
        measurement.fit(SATURABLE, 0);
        record(SATURABLE, SUCCESS);

        measurement.addSuccesses(2, 10);

        assertThat(measurement.recordRefusal(0, SATURABLE)).isNull();
        assertThat(measurement.snapshot(0, SATURABLE).saturationRate()).isEqualTo(25);
    }

    @Test
    void keepsARowOfFailuresWhereNothingWasCountedAside() {
        BreakerConfig two = PLAIN.withTrip(PLAIN.trip().withConsecutiveFailures(2));
        record(two, FAILURE);

        measurement.addSuccesses(0, 0);

        assertThat(measurement.record(FAILURE, 5, 0, two)).isNotNull();
    }

    @Test
    void showsNoCallThatLeftItsWindow() {
        record(PLAIN, FAILURE, FAILURE, FAILURE);

        assertThat(measurement.snapshot(10 * TENTH, PLAIN).calls()).isZero();
    }

    @Test
    void showsNoRefusalThatLeftItsWindow() {
        measurement.fit(SATURABLE, 0);
        measurement.recordRefusal(0, SATURABLE);

        assertThat(measurement.snapshot(10 * TENTH, SATURABLE).refused()).isZero();
    }

    /** What is told of a moment before the change, such as the end of a ramp that was cut short, is the same read or not. */
    @Test
    void showsAfterAChangeWhatWasInItsWindowsAtTheChange() {
        measurement.fit(SATURABLE, 0);
        measurement.recordRefusal(0, SATURABLE);
        record(SATURABLE, FAILURE, SUCCESS);

        measurement.fit(SATURABLE, 10 * TENTH);

        WindowSnapshot before = measurement.snapshot(5 * TENTH, SATURABLE);
        assertThat(before.calls()).isZero();
        assertThat(before.refused()).isZero();
    }
}
