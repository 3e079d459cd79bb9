package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The share of calls that a recovering breaker admits. */
class RampTests {

    private static BreakerFixture recovering(Duration ramp) {
        BreakerFixture fixture = new BreakerFixture(
                BreakerFixture.HALF_OF_FOUR.withHalfOpen(new HalfOpenConfig(1, Duration.ofSeconds(5), ramp)));
        fixture.open();
        fixture.advanceSeconds(10);
        fixture.calls(Outcome.SUCCESS);
        return fixture;
    }

    /** Returns why the next call is refused that is. */
    private static String refusal(BreakerFixture fixture) {
        for (int call = 0; call < 1000; call++) {
            try {
                fixture.calls(Outcome.SUCCESS);
            } catch (BreakerOpenException refused) {
                return refused.getMessage();
            }
        }
        throw new AssertionError("no call was refused in the ramp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000001S", "PT10S", "P118D", "P120D", "P365D"})
    void isHalfWayBetweenATenthAndAllAfterHalfOfTheRampHoweverLongThatIs(String text) {
        Duration ramp = Duration.parse(text);
        BreakerFixture fixture = recovering(ramp);
        fixture.ticker.advance(ramp.dividedBy(2));

        assertThat(refusal(fixture)).contains("RECOVERING: 55 % of calls are admitted by now");
    }

    @Test
    void isATenthFromTheBeginning() {
        BreakerFixture fixture = recovering(Duration.ofSeconds(10));

        assertThat(refusal(fixture)).contains("10 % of calls");
    }

    @Test
    void isATenthThoughTheClockWentBack() {
        BreakerFixture fixture = recovering(Duration.ofSeconds(10));
        fixture.advanceSeconds(-5);

        assertThat(refusal(fixture)).contains("10 % of calls");
    }
}
