package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.CapturedLog;
import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A breaker probes no earlier than the dependency asked for. */
class RetryAfterTests {

    private static final Duration ASKED = Duration.ofSeconds(40);

    private final ManualTicker ticker = new ManualTicker();
    private final CircuitBreaker breaker = breaker(BreakerFixture.HALF_OF_FOUR, RetryAfterTests::asked);

    /** A server's answer that says when it wants to be called again. */
    private static final class Busy extends Exception {
        private static final long serialVersionUID = 1L;
        private final Duration retryAfter;

        Busy(Duration retryAfter) {
            this.retryAfter = retryAfter;
        }
    }

    private static @Nullable Duration asked(Throwable thrown) {
        return thrown instanceof Busy busy ? busy.retryAfter : null;
    }

    private CircuitBreaker breaker(BreakerConfig config, RetryAfterRule rule) {
        return new CircuitBreaker(
                Name.of("payments"),
                config,
                BreakerEnvironment.DEFAULT.withRetryAfter(rule).withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
    }

    private void fail(BreakerPermit permit, @Nullable Object culprit) {
        breaker.end(permit, Outcome.FAILURE, ticker.nanos(), ticker.nanos(), culprit);
    }

    private void fail(@Nullable Object... culprits) {
        for (Object culprit : culprits) {
            fail(breaker.acquire(), culprit);
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            breaker.end(breaker.acquire(), Outcome.SUCCESS, ticker.nanos(), ticker.nanos(), null);
        }
    }

    private void advanceSeconds(long seconds) {
        ticker.advance(Duration.ofSeconds(seconds));
    }

    private Duration interval() {
        BreakerSnapshot snapshot = breaker.snapshot();
        assertThat(snapshot.retryAt()).isNotNull();
        return Duration.between(snapshot.since(), snapshot.retryAt());
    }

    @Test
    void staysOpenForAsLongAsTheServerAskedFor() {
        fail(null, null, null, new Busy(ASKED));
        assertThat(interval()).isEqualTo(ASKED);
        ticker.advance(ASKED.minusNanos(1));
        assertThatThrownBy(breaker::acquire)
                .isInstanceOfSatisfying(
                        BreakerOpenException.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofNanos(1)));
        ticker.advance(Duration.ofNanos(1));
        breaker.acquire();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void keepsItsOwnIntervalWhereTheServerAsksForLess() {
        fail(null, null, null, new Busy(Duration.ofSeconds(3)));
        assertThat(interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void waitsNoLongerThanItsOwnLongestInterval() {
        fail(null, null, null, new Busy(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(interval()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takesNothingFromADurationInThePast() {
        fail(null, null, null, new Busy(Duration.ofSeconds(Long.MIN_VALUE)));
        assertThat(interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void keepsTheLatestMomentThatItsCallsWereAskedFor() {
        fail(new Busy(ASKED));
        advanceSeconds(15);
        fail(new Busy(Duration.ofSeconds(1)), null, null);
        assertThat(interval()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void looksBehindExceptionsThatOnlyCarryAnother() {
        fail(null, null, null, new CompletionException(new Busy(ASKED)));
        assertThat(interval()).isEqualTo(ASKED);
    }

    @Test
    void isNotMovedByACallThatEndsAfterItOpened() {
        BreakerPermit late = breaker.acquire();
        fail(null, null, null, null);
        fail(late, new Busy(ASKED));
        assertThat(interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void doesNotKeepWhatACallOfAnEarlierStateWasAskedFor() {
        BreakerPermit late = breaker.acquire();
        breaker.reset();
        fail(late, new Busy(ASKED));
        fail(null, null, null, null);
        assertThat(interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void forgetsItWithAReset() {
        fail(new Busy(ASKED));
        breaker.reset();
        fail(null, null, null, null);
        assertThat(interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void forgetsItWhenItHasWaitedForIt() {
        fail(null, null, null, new Busy(ASKED));
        ticker.advance(ASKED);
        fail((Object) null);
        assertThat(interval()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void listensToAProbe() {
        fail(null, null, null, null);
        advanceSeconds(10);
        fail(new Busy(ASKED));
        assertThat(interval()).isEqualTo(ASKED);
    }

    @Test
    void listensToNoProbeThatIsBackTooLate() {
        fail(null, null, null, null);
        advanceSeconds(10);
        BreakerPermit probe = breaker.acquire();
        advanceSeconds(5);

        fail(probe, new Busy(ASKED));

        assertThat(interval()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void takesNothingFromASuccess() {
        fail(null, null, null);
        BreakerPermit last = breaker.acquire();
        breaker.end(last, Outcome.SUCCESS, ticker.nanos(), ticker.nanos(), new Busy(ASKED));
        assertThat(interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void countsARelapseWithinTheTimeThatItWasOpenAsOneInARow() {
        fail(null, null, null, new Busy(ASKED));
        ticker.advance(ASKED);
        succeed(2);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        advanceSeconds(39);
        fail(null, null, null, null);
        assertThat(breaker.snapshot().streak()).isEqualTo(1);
        assertThat(interval()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void keepsTheStreakAsItWouldBeWithoutIt() {
        fail(null, null, null, new Busy(ASKED));
        assertThat(breaker.snapshot().streak()).isZero();
    }

    @Test
    void remembersBeyondTheEndOfARampWhatItsCallsWereAskedFor() {
        CircuitBreaker ramping = breaker(
                BreakerFixture.HALF_OF_FOUR.withHalfOpen(
                        new HalfOpenConfig(1, Duration.ofSeconds(5), Duration.ofSeconds(8))),
                RetryAfterTests::asked);
        for (int i = 0; i < 4; i++) {
            ramping.end(ramping.acquire(), Outcome.FAILURE, ticker.nanos(), ticker.nanos(), null);
        }
        advanceSeconds(10);
        ramping.end(ramping.acquire(), Outcome.SUCCESS, ticker.nanos(), ticker.nanos(), null);
        ramping.end(ramping.acquire(), Outcome.FAILURE, ticker.nanos(), ticker.nanos(), new Busy(ASKED));
        advanceSeconds(8);
        assertThat(ramping.state()).isEqualTo(BreakerState.CLOSED);
        for (int i = 0; i < 3; i++) {
            ramping.end(ramping.acquire(), Outcome.FAILURE, ticker.nanos(), ticker.nanos(), null);
        }
        BreakerSnapshot opened = ramping.snapshot();
        assertThat(Duration.between(opened.since(), opened.retryAt())).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void goesOnWhereTheRuleThrows() {
        AssertionError broken = new AssertionError("broken");
        CircuitBreaker confused = breaker(BreakerFixture.HALF_OF_FOUR, thrown -> {
            throw broken;
        });
        try (CapturedLog log = new CapturedLog(CircuitBreaker.class)) {
            assertThatThrownBy(() -> confused.call(() -> {
                        throw new IOException("down");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(log.records()).singleElement().satisfies(record -> {
                assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
                assertThat(record.getThrown()).isSameAs(broken);
                assertThat(record.getMessage())
                        .startsWith("The rule " + getClass().getName())
                        .endsWith(" threw for breaker 'payments'; the failure is taken to ask for nothing."
                                + " It must return a duration or null");
            });
        }
        assertThat(confused.snapshot().concurrent()).isZero();
        assertThat(confused.snapshot().totals().calls()).containsEntry(Outcome.FAILURE, 1L);
    }
}
