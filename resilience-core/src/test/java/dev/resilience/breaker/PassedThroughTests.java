package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls that pass a breaker while it is off are none of its own, whenever they end. */
class PassedThroughTests {

    private static final BreakerOverride OFF = new BreakerOverride(GuardMode.OFF, null, null);

    private final BreakerFixture fixture = new BreakerFixture();
    private final CircuitBreaker breaker = fixture.breaker;

    private BreakerPermit passed() {
        breaker.override(OFF);
        BreakerPermit passed = breaker.acquire();
        breaker.clearOverride();
        breaker.acquire();
        return passed;
    }

    @Test
    void areNoneThatEnded() {
        fixture.end(passed(), Outcome.FAILURE);

        assertThat(breaker.snapshot().concurrent()).isEqualTo(1);
        assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.FAILURE, 0L);
    }

    @Test
    void areNoneThatCameBackUnused() {
        breaker.giveBack(passed());

        assertThat(breaker.snapshot().concurrent()).isEqualTo(1);
    }

    @Test
    void areNoneThatTheBulkheadRefused() {
        breaker.refuse(passed());

        assertThat(breaker.snapshot().concurrent()).isEqualTo(1);
    }

    @Test
    void areToldApart() {
        breaker.override(OFF);
        assertThat(breaker.isOff(breaker.acquire())).isTrue();
        breaker.clearOverride();
        assertThat(breaker.isOff(breaker.acquire())).isFalse();
    }

    @Test
    void haveNoLimitOfTime() {
        breaker.configure(BreakerFixture.HALF_OF_FOUR.withTimeout(Duration.ofSeconds(3)));
        assertThat(breaker.timeoutNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());

        breaker.override(OFF);

        assertThat(breaker.timeoutNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void areRefusedNoForce() {
        breaker.requireOn();
        breaker.override(OFF);

        assertThatThrownBy(breaker::requireOn).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saveNoWishOfTheDependencyForLater() {
        ManualTicker ticker = new ManualTicker();
        CircuitBreaker told = new CircuitBreaker(
                Name.of("payments"),
                BreakerFixture.HALF_OF_FOUR,
                BreakerEnvironment.DEFAULT
                        .withRetryAfter(thrown -> Duration.ofSeconds(40))
                        .withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
        BreakerPermit before = told.acquire();
        told.override(OFF);
        told.end(before, Outcome.FAILURE, 0, 0, new IOException());
        told.clearOverride();
        for (int call = 0; call < 4; call++) {
            told.end(told.acquire(), Outcome.FAILURE, 0, 0, null);
        }

        assertThat(told.snapshot().retryAt()).isEqualTo(ticker.instant().plusSeconds(10));
    }
}
