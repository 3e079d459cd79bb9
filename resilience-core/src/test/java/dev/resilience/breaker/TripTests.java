package dev.resilience.breaker;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TripTests {

    @Test
    void reachesARateThatDoubleArithmeticRoundsUp() {
        assertThat(Trip.isReached(161, 250, 64.4)).isTrue();
        assertThat(Trip.isReached(160, 250, 64.4)).isFalse();
    }

    @Test
    void opensABreakerWithTheVeryFailureThatReachesItsRate() {
        BreakerFixture fixture = new BreakerFixture(BreakerFixture.HALF_OF_FOUR
                .withWindow(WindowSize.calls(250))
                .withTrip(TripConfig.DEFAULTS.withMinimumCalls(250).withFailureRate(64.4)));
        for (int call = 1; call <= 250; call++) {
            fixture.calls(call <= 89 ? SUCCESS : FAILURE);
        }
        assertThat(fixture.breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void isExactForEveryRateOfOneDecimal() {
        for (int tenths = 1; tenths <= 1000; tenths++) {
            double percent = Double.parseDouble(tenths / 10 + "." + tenths % 10);
            for (long whole = 1; whole <= 1000; whole++) {
                isReachedFrom((tenths * whole + 999) / 1000, whole, percent);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE, 1L << 31, 1L << 40})
    void isExactForManyCalls(long whole) {
        for (int hundredths = 1; hundredths <= 10_000; hundredths++) {
            double percent = Double.parseDouble(hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10);
            isReachedFrom((hundredths * whole + 9_999) / 10_000, whole, percent);
        }
    }

    private static void isReachedFrom(long part, long whole, double percent) {
        // no assertion of a library's: millions of them take a minute
        if (!Trip.isReached(part, whole, percent) || Trip.isReached(part - 1, whole, percent)) {
            throw new AssertionError(percent + " % of " + whole + " are not reached from " + part + " on");
        }
    }

    @Test
    void takesARateAsItIsWritten() {
        assertThat(Trip.isReached(1, 3, 100.0 / 3)).as("33.333333333333336 %").isFalse();
        assertThat(Trip.isReached(1, 3, 33.33333333333333)).isTrue();
    }

    @Test
    void neverReachesARateAboveZeroWithNothing() {
        assertThat(Trip.isReached(0, 1, Double.MIN_VALUE)).isFalse();
        assertThat(Trip.isReached(1, 1L << 31, Double.MIN_VALUE)).isTrue();
    }
}
