package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.Queues;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is there to be open, not to be called
class DeadlineTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler scheduler = new ManualScheduler(ticker);
    private final GuardEnvironment environment =
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(scheduler);

    private CircuitBreaker breaker(BreakerConfig config) {
        return new CircuitBreaker(Name.of("payments"), config, BreakerEnvironment.DEFAULT.withGuard(environment));
    }

    private SemaphoreBulkhead bulkhead(BulkheadConfig config) {
        return new SemaphoreBulkhead(Name.of("orders"), config, environment);
    }

    private Deadline.Scope within(Duration time) {
        return Deadline.after(time, ticker).open();
    }

    @Nested
    class Scopes {

        @Test
        void haveNoDeadlineOutside() {
            assertThat(Deadline.current()).isNull();
            try (Deadline.Scope scope = within(SECOND)) {
                assertThat(Deadline.current()).isNotNull();
            }
            assertThat(Deadline.current()).isNull();
        }

        @Test
        void countDownToZeroAndNoFurther() {
            try (Deadline.Scope scope = within(SECOND)) {
                ticker.advance(Duration.ofMillis(400));
                assertThat(Deadline.current().remaining()).hasMillis(600);
                ticker.advance(Duration.ofMillis(600));
                assertThat(Deadline.current().isOver()).isTrue();
                ticker.advance(SECOND);
                assertThat(Deadline.current().remaining()).isZero();
            }
        }

        @Test
        void onlyEverShorten() {
            try (Deadline.Scope outer = within(SECOND)) {
                try (Deadline.Scope longer = within(SECOND.multipliedBy(2))) {
                    assertThat(Deadline.current().remaining()).isEqualTo(SECOND);
                }
                try (Deadline.Scope shorter = within(Duration.ofMillis(1))) {
                    assertThat(Deadline.current().remaining()).hasMillis(1);
                }
                assertThat(Deadline.current().remaining()).isEqualTo(SECOND);
            }
        }

        @Test
        void haveNoTimeLeftWhereTheyAreGivenNone() {
            try (Deadline.Scope scope = Deadline.within(Duration.ofSeconds(-1))) {
                assertThat(Deadline.current().isOver()).isTrue();
            }
        }

        @Test
        void areAtMostAYearLong() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Deadline.within(Duration.ofDays(366)))
                    .withMessage("Invalid deadline (PT8784H): must be at most 365 days");
        }
    }

    @Nested
    class BeforeACall {

        private final AtomicInteger made = new AtomicInteger();

        private void assertRejected(Guard guard, String name) {
            try (Deadline.Scope over = within(Duration.ZERO)) {
                assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> guard.call(made::incrementAndGet))
                        .withMessage("The call guarded by '" + name + "' was not made: its caller's deadline was over")
                        .satisfies(rejection -> {
                            assertThat(rejection.reason()).isEqualTo(RejectionReason.DEADLINE);
                            assertThat(rejection.stage()).isEqualTo(DeadlineExceededException.Stage.BEFORE);
                            assertThat(rejection.name()).isEqualTo(name);
                        });
            }
            assertThat(made).hasValue(0);
        }

        @Test
        void rejectsWithoutAnOutcome() {
            CircuitBreaker breaker = breaker(BreakerConfig.DEFAULTS);
            assertRejected(Guard.of(breaker, bulkhead(BulkheadConfig.DEFAULTS)), "payments");
            assertThat(breaker.snapshot().totals().calls())
                    .allSatisfy((outcome, count) -> assertThat(count).isZero());
            assertThat(breaker.snapshot().totals().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
            assertThat(breaker.snapshot().concurrent()).isZero();
        }

        @Test
        void rejectsByTheBulkheadWhereThereIsNoBreaker() {
            SemaphoreBulkhead bulkhead = bulkhead(BulkheadConfig.DEFAULTS);
            assertRejected(Guard.of(bulkhead), "orders");
            assertThat(bulkhead.snapshot().totals().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
        }

        @Test
        void rejectsByTheBulkheadWhereTheBreakerIsOff() {
            Enforcement off = new Enforcement(GuardMode.OFF, 100);
            assertRejected(
                    Guard.of(breaker(BreakerConfig.DEFAULTS.withEnforcement(off)), bulkhead(BulkheadConfig.DEFAULTS)),
                    "orders");
        }

        @Test
        void isNoProbe() throws Exception {
            CircuitBreaker breaker = breaker(BreakerConfig.DEFAULTS);
            breaker.force(new Force(BreakerState.FORCED_OPEN, null, null, null));
            breaker.release();
            assertRejected(Guard.of(breaker), "payments");

            assertThat(breaker.<String>call(() -> "the first probe")).isEqualTo("the first probe");
        }

        @Test
        void letsACallThroughInShadowModeWithoutCountingItsOutcome() throws Exception {
            CircuitBreaker shadow =
                    breaker(BreakerConfig.DEFAULTS.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
            try (Deadline.Scope over = within(Duration.ZERO)) {
                assertThat(shadow.<String>call(() -> "made")).isEqualTo("made");
            }
            assertThat(shadow.snapshot().totals().shadowRejected()).containsEntry(RejectionReason.DEADLINE, 1L);
            assertThat(shadow.snapshot().window().calls()).isZero();
        }

        @Test
        void goesToTheRecovery() {
            try (Deadline.Scope over = within(Duration.ZERO)) {
                String instead = Guard.of(breaker(BreakerConfig.DEFAULTS))
                        .<String, String, RuntimeException>call(
                                "order", order -> "made", (order, thrown, outcome) -> "instead, outcome " + outcome);
                assertThat(instead).isEqualTo("instead, outcome null");
            }
        }
    }

    @Nested
    class DuringACall {

        private final CircuitBreaker breaker = breaker(BreakerConfig.DEFAULTS
                .withTimeout(SECOND.multipliedBy(2))
                .withTrip(TripConfig.DEFAULTS.withSlowCalls(SECOND.dividedBy(2), 80)));

        @Test
        void endsItAsGivenUpByTheCaller() {
            try (Deadline.Scope scope = within(SECOND)) {
                assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> breaker.call(() -> {
                            scheduler.advance(SECOND);
                            assertThat(Thread.currentThread().isInterrupted()).isTrue();
                            return "too late";
                        }))
                        .withMessage(
                                "The call guarded by 'payments' was ended: its caller's deadline came before its answer");
            }
            assertThat(Thread.interrupted()).isFalse();
            assertThat(breaker.snapshot().totals().calls())
                    .containsEntry(Outcome.CANCELLED, 1L)
                    .containsEntry(Outcome.TIMEOUT, 0L);
        }

        @Test
        void countsAsSlowWhereTheCallWas() {
            try (Deadline.Scope scope = within(SECOND)) {
                assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> breaker.call(() -> {
                            ticker.advance(SECOND);
                            return "too late";
                        }));
            }
            assertThat(breaker.snapshot().window().slow()).isOne();
            assertThat(breaker.snapshot().window().failures()).isZero();
        }

        @Test
        void givesWayToAShorterTimeout() {
            try (Deadline.Scope scope = within(Duration.ofMinutes(1))) {
                assertThatExceptionOfType(CallTimeoutException.class)
                        .isThrownBy(() -> breaker.call(() -> {
                            ticker.advance(SECOND.multipliedBy(2));
                            return "too late";
                        }));
            }
        }

        @Test
        void neverGoesToTheRecovery() {
            try (Deadline.Scope scope = within(SECOND)) {
                assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> Guard.of(breaker)
                                .<String, String, RuntimeException>call(
                                        "order",
                                        order -> {
                                            ticker.advance(SECOND);
                                            return "too late";
                                        },
                                        (order, thrown, outcome) -> "instead"));
            }
        }

        @Test
        void isTheSameForAGuardAroundAnotherOne() {
            CircuitBreaker inner = breaker(BreakerConfig.DEFAULTS);
            try (Deadline.Scope scope = within(SECOND)) {
                assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> breaker.call(() -> inner.<String>call(() -> {
                            ticker.advance(SECOND);
                            return "too late";
                        })));
            }
            assertThat(List.of(breaker, inner))
                    .allSatisfy(each -> assertThat(each.snapshot().totals().calls())
                            .containsEntry(Outcome.CANCELLED, 1L)
                            .containsEntry(Outcome.FAILURE, 0L));
        }
    }

    @Nested
    class InAQueue {

        private final CircuitBreaker breaker =
                breaker(BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS.withSaturationRate(90.0)));
        private final SemaphoreBulkhead bulkhead =
                bulkhead(BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, Duration.ofMinutes(10)));

        @Test
        void endsTheWait() {
            GuardEnvironment real = GuardEnvironment.DEFAULT;
            SemaphoreBulkhead queued = new SemaphoreBulkhead(
                    Name.of("orders"),
                    BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, Duration.ofMinutes(1)),
                    real);
            BulkheadPermit taken = queued.tryAcquire();
            CircuitBreaker asked = new CircuitBreaker("payments", BreakerConfig.DEFAULTS);

            try (Deadline.Scope scope = Deadline.within(Duration.ofMillis(50))) {
                assertThatExceptionOfType(DeadlineExceededException.class)
                        .isThrownBy(() -> Guard.of(asked, queued).call(() -> "made"))
                        .withMessage(
                                "The call guarded by 'orders' was not made: its caller's deadline came while it waited for the bulkhead");
            }

            queued.release(taken, 0, 0);
            assertThat(queued.snapshot().totals().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
            assertThat(queued.snapshot().concurrent()).isZero();
            assertThat(asked.snapshot().concurrent()).isZero();
            assertThat(asked.snapshot().totals().calls().values()).containsOnly(0L);
        }

        @Test
        void refusesAPlaceThatComesTooLate() {
            AtomicInteger made = new AtomicInteger();
            BulkheadPermit taken = bulkhead.tryAcquire();
            try (Callers callers = new Callers()) {
                Callers.Caller waiting = callers.start(() -> {
                    try (Deadline.Scope scope = within(Duration.ofMinutes(1))) {
                        return Guard.of(breaker, bulkhead).call(made::incrementAndGet);
                    }
                });
                Queues.awaitDepth(bulkhead, 1);
                ticker.advance(Duration.ofMinutes(1));
                bulkhead.release(taken, 0, 0);

                assertThat(waiting.thrown()).isInstanceOf(DeadlineExceededException.class);
            }
            assertThat(made).hasValue(0);
            assertThat(bulkhead.snapshot().concurrent()).isZero();
            assertThat(breaker.snapshot().totals().calls().values()).containsOnly(0L);
        }

        @Test
        void isSpentByWaitingWhileTheTimeoutIsNot() throws Exception {
            breaker.configure(breaker.config().withTimeout(SECOND));
            Guard guard = Guard.of(breaker, bulkhead);
            BulkheadPermit taken = bulkhead.tryAcquire();
            try (Callers callers = new Callers()) {
                Callers.Caller waiting = callers.start(() -> {
                    try (Deadline.Scope scope = within(SECOND.multipliedBy(3))) {
                        return guard.<Duration>call(() -> {
                            ticker.advance(SECOND.minusMillis(1));
                            return Deadline.current().remaining();
                        });
                    }
                });
                Queues.awaitDepth(bulkhead, 1);
                ticker.advance(SECOND);
                bulkhead.release(taken, 0, 0);

                assertThat(waiting.result()).isEqualTo(Duration.ofMillis(1001));
            }
        }
    }
}
