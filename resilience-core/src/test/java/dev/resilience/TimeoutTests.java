package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Plain calls that take too long, with a clock that is turned by hand inside of them. */
class TimeoutTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler scheduler = new ManualScheduler(ticker);
    private final GuardEnvironment environment =
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(scheduler);
    private final CircuitBreaker breaker = breaker(BreakerConfig.DEFAULTS.withTimeout(SECOND));
    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead(Name.of("payments"), BulkheadConfig.DEFAULTS.withMaxConcurrent(1), environment);
    private final Guard guard = Guard.of(breaker, bulkhead);

    private CircuitBreaker breaker(BreakerConfig config) {
        return new CircuitBreaker(Name.of("payments"), config, BreakerEnvironment.DEFAULT.withGuard(environment));
    }

    private long counted(Outcome outcome) {
        return breaker.snapshot().totals().calls().get(outcome);
    }

    @Test
    void failACallThatTakesAsLongAsTheTimeout() {
        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> guard.call(() -> {
                    ticker.advance(SECOND);
                    return "too late";
                }))
                .withMessage("The call guarded by 'payments' took longer than its timeout of 1.000 s");
        assertThat(counted(Outcome.TIMEOUT)).isOne();
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void leaveACallAloneThatTakesLess() throws Exception {
        assertThat(guard.<String>call(() -> {
                    scheduler.advance(SECOND.minusNanos(1));
                    return "in time";
                }))
                .isEqualTo("in time");
        assertThat(counted(Outcome.SUCCESS)).isOne();
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void interruptTheCallAndTakeTheInterruptBack() {
        List<Boolean> interrupted = new ArrayList<>();

        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> guard.call(() -> {
                    scheduler.advance(SECOND);
                    interrupted.add(Thread.currentThread().isInterrupted());
                    return "ignored";
                }));

        assertThat(interrupted).containsExactly(true);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void leaveAnInterruptFromOutsideWhereTheCallIsInTime() throws Exception {
        guard.call(() -> {
            Thread.currentThread().interrupt();
            return "in time";
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void tellTheBreakerBeforeTheCallReturns() {
        List<Long> counted = new ArrayList<>();

        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> guard.call(() -> {
                    scheduler.advance(SECOND);
                    counted.add(counted(Outcome.TIMEOUT));
                    return "ignored";
                }));

        assertThat(counted).containsExactly(1L);
        assertThat(counted(Outcome.TIMEOUT)).as("afterwards").isOne();
    }

    @Test
    void holdTheBulkheadsPlaceUntilTheCallReturns() {
        List<Integer> concurrent = new ArrayList<>();

        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> guard.call(() -> {
                    scheduler.advance(SECOND);
                    concurrent.add(bulkhead.snapshot().concurrent());
                    return "ignored";
                }));

        assertThat(concurrent).containsExactly(1);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void keepWhatTheInterruptedCallThrew() {
        IOException interruption = new IOException("read interrupted");

        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> guard.call(() -> {
                    scheduler.advance(SECOND);
                    throw interruption;
                }))
                .satisfies(timeout -> assertThat(timeout.getSuppressed()).containsExactly(interruption))
                .withNoCause();
        assertThat(counted(Outcome.FAILURE)).isZero();
    }

    @Test
    void nameTheGuardTheTimeAndTheFailureThatOperatorsSee() {
        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> breaker.call(() -> {
                    ticker.advance(SECOND);
                    return "too late";
                }))
                .satisfies(timeout -> {
                    assertThat(timeout.name()).isEqualTo("payments");
                    assertThat(timeout.key()).isNull();
                    assertThat(timeout.timeout()).isEqualTo(SECOND);
                });
        assertThat(breaker.snapshot().lastFailure().type()).isEqualTo(CallTimeoutException.class.getName());
    }

    @Test
    void goToTheRecoveryWithTheirOutcome() {
        List<Outcome> outcomes = new ArrayList<>();

        String instead = guard.<Duration, String, RuntimeException>call(
                SECOND,
                time -> {
                    ticker.advance(time);
                    return "too late";
                },
                (time, thrown, outcome) -> {
                    outcomes.add(outcome);
                    return thrown.getClass().getSimpleName();
                });

        assertThat(instead).isEqualTo("CallTimeoutException");
        assertThat(outcomes).containsExactly(Outcome.TIMEOUT);
    }

    @Test
    void areTheSmallerOfTheGuardsAndTheBreakers() {
        Guard impatient = Guard.of(breaker, bulkhead, Duration.ofMillis(10));
        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> impatient.call(() -> {
                    ticker.advance(Duration.ofMillis(10));
                    return "too late";
                }))
                .satisfies(timeout -> assertThat(timeout.timeout()).hasMillis(10));

        Guard patient = Guard.of(breaker, bulkhead, Duration.ofMinutes(10));
        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(() -> patient.call(() -> {
                    ticker.advance(SECOND);
                    return "too late";
                }));
    }

    @Test
    void mustBeAboveZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Guard.of(breaker).withTimeout(Duration.ZERO))
                .withMessage("Invalid timeout (PT0S): must be above 0 and at most 365 days");
    }

    @Test
    void areCountedButNotEnforcedInShadowMode() throws Exception {
        CircuitBreaker shadow = breaker(
                BreakerConfig.DEFAULTS.withTimeout(SECOND).withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));

        assertThat(shadow.<Boolean>call(() -> {
                    scheduler.advance(SECOND);
                    return Thread.currentThread().isInterrupted();
                }))
                .isFalse();
        assertThat(shadow.snapshot().totals().calls())
                .containsEntry(Outcome.TIMEOUT, 1L)
                .containsEntry(Outcome.SUCCESS, 0L);
    }

    @Test
    void areNothingToABreakerThatIsOff() throws Exception {
        CircuitBreaker off = breaker(
                BreakerConfig.DEFAULTS.withTimeout(SECOND).withEnforcement(new Enforcement(GuardMode.OFF, 100)));
        Guard all = Guard.of(off).withTimeout(SECOND);

        assertThat(all.<String>call(() -> {
                    scheduler.advance(Duration.ofDays(1));
                    return "passed";
                }))
                .isEqualTo("passed");
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void takeEffectForTheNextCallWhenTheyAreReconfigured() throws Exception {
        breaker.configure(BreakerConfig.DEFAULTS.withTimeout(Duration.ofMinutes(1)));

        assertThat(guard.<String>call(() -> {
                    scheduler.advance(SECOND);
                    return "in time";
                }))
                .isEqualTo("in time");
    }

    @Test
    void openTheBreakerWhileTheCallsThatIgnoreTheInterruptStillHang() {
        CircuitBreaker real = new CircuitBreaker(
                "payments",
                BreakerConfig.DEFAULTS
                        .withTimeout(Duration.ofMillis(200))
                        .withTrip(TripConfig.DEFAULTS.withMinimumCalls(20)));
        CountDownLatch provider = new CountDownLatch(1);
        try (Callers callers = new Callers()) {
            List<Callers.Caller> hung = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                hung.add(callers.start(() -> real.call(() -> awaitIgnoringInterrupts(provider))));
            }

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> real.state() == BreakerState.OPEN);

            assertThat(hung).allMatch(Callers.Caller::isUnderWay);
            provider.countDown();
            assertThat(hung).allSatisfy(caller -> {
                assertThat(caller.thrown()).isInstanceOf(CallTimeoutException.class);
                assertThat(caller.endedInterrupted()).isFalse();
            });
        }
    }

    private static boolean awaitIgnoringInterrupts(CountDownLatch latch) {
        while (true) {
            try {
                return latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException ignoredAsTheWorstClientsDo) {
                // goes on waiting
            }
        }
    }
}
