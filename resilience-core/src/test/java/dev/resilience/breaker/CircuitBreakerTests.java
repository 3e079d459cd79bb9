package dev.resilience.breaker;

import static dev.resilience.Outcome.CANCELLED;
import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.IGNORED;
import static dev.resilience.Outcome.SUCCESS;
import static dev.resilience.Outcome.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CircuitBreakerTests {

    private final BreakerFixture fixture = new BreakerFixture();
    private final CircuitBreaker breaker = fixture.breaker;

    @Nested
    class Messages {

        @Test
        void sayWhatOpenedTheBreakerAndWhenItProbes() {
            fixture.calls(FAILURE, SUCCESS, FAILURE, FAILURE);
            fixture.ticker.advance(Duration.ofMillis(600));

            BreakerOpenException rejection = rejection();

            assertThat(rejection)
                    .hasMessage(
                            "Breaker 'payments' is OPEN: 75 % of 4 calls failed (threshold 50 %); next probe in 9.4 s");
            assertThat(rejection.name()).isEqualTo("payments");
            assertThat(rejection.key()).isNull();
            assertThat(rejection.reason()).isEqualTo(RejectionReason.OPEN);
            assertThat(rejection.retryAfter()).isEqualTo(Duration.ofMillis(9400));
        }

        @Test
        void sayHowManyProbesAreUnderWay() {
            fixture.open();
            fixture.advanceSeconds(10);
            breaker.acquire();

            assertThat(rejection())
                    .hasMessage(
                            "Breaker 'payments' is HALF_OPEN: 0 of 2 probes are back and 1 under way; try again in 1.0 s");
        }

        @Test
        void sayWhichShareIsAdmitted() {
            BreakerFixture ramping = new BreakerFixture(BreakerFixture.HALF_OF_FOUR.withHalfOpen(
                    new HalfOpenConfig(1, Duration.ofSeconds(5), Duration.ofSeconds(10))));
            ramping.open();
            ramping.advanceSeconds(10);
            ramping.calls(SUCCESS);
            ramping.calls(SUCCESS);
            ramping.advanceSeconds(1);

            assertThat(rejection(ramping.breaker))
                    .hasMessage(
                            "Breaker 'payments' is RECOVERING: 19 % of calls are admitted by now; try again in 1.0 s");
        }

        @Test
        void sayWhoHoldsTheBreakerOpenWhyAndHowLong() {
            breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofMinutes(1), "alice", "maintenance"));

            BreakerOpenException rejection = rejection();

            assertThat(rejection)
                    .hasMessage("Breaker 'payments' is FORCED_OPEN by alice (maintenance); until it expires in 60.0 s");
            assertThat(rejection.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        }

        @Test
        void sayThatAForceWithoutAnEndNeedsARelease() {
            breaker.force(Force.to(BreakerState.FORCED_OPEN));

            assertThat(rejection()).hasMessage("Breaker 'payments' is FORCED_OPEN; until it is released");
        }

        @Test
        void carryNoStackTraceUnlessWanted() {
            breaker.force(Force.to(BreakerState.FORCED_OPEN));
            CircuitBreaker traced = new CircuitBreaker(
                    Name.of("traced"),
                    BreakerConfig.DEFAULTS,
                    BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withStackTraces(true)));
            traced.force(Force.to(BreakerState.FORCED_OPEN));

            assertThat(rejection().getStackTrace()).isEmpty();
            assertThat(rejection(traced).getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("carryNoStackTraceUnlessWanted"));
        }
    }

    @Nested
    class Jitter {

        private final BreakerFixture spread = new BreakerFixture(BreakerFixture.HALF_OF_FOUR.withOpen(
                new OpenConfig(Duration.ofSeconds(10), 2, Duration.ofSeconds(15), 20)));

        @Test
        void shortensTheIntervalByItsPercentAtMost() {
            spread.dice.add(0.0);
            spread.open();

            assertThat(rejection(spread.breaker).retryAfter()).isEqualTo(Duration.ofSeconds(8));
        }

        @Test
        void leavesTheIntervalInTheMiddle() {
            spread.dice.add(0.5);
            spread.open();

            assertThat(rejection(spread.breaker).retryAfter()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        void spreadsTheBoundedIntervalToo() {
            spread.dice.add(0.5);
            spread.dice.add(0.75);
            spread.open();
            spread.advanceSeconds(10);
            spread.calls(FAILURE);

            assertThat(rejection(spread.breaker).retryAfter()).isEqualTo(Duration.ofMillis(16500));
        }

        @Test
        void countsInWhatTheLastIntervalWas() {
            spread.dice.add(0.0);
            spread.dice.add(0.5);
            spread.open();
            spread.advanceSeconds(8);
            spread.calls(SUCCESS, SUCCESS);
            spread.advanceSeconds(8);
            spread.open();

            assertThat(spread.breaker.snapshot().streak()).isZero();
        }
    }

    @Nested
    class Shadow {

        @Test
        void movesThroughTheStatesAndRejectsNothing() {
            breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));
            fixture.open();

            fixture.calls(FAILURE, FAILURE);

            BreakerSnapshot seen = breaker.snapshot();
            assertThat(seen.state()).isEqualTo(BreakerState.OPEN);
            assertThat(seen.totals().allShadowRejected()).isEqualTo(2);
            assertThat(seen.totals().allRejected()).isZero();
            assertThat(seen.totals().calls()).containsEntry(FAILURE, 6L);
        }

        @Test
        void countsCallsThatItLetThroughAsConcurrent() {
            breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));
            fixture.open();

            breaker.acquire();

            assertThat(breaker.snapshot().concurrent()).isEqualTo(1);
        }

        @Test
        void neverTakesALetThroughCallForAProbe() {
            breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));
            fixture.open();
            fixture.advanceSeconds(10);
            BreakerPermit probe = breaker.acquire();
            BreakerPermit letThrough = breaker.acquire();

            fixture.end(letThrough, FAILURE);

            assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
            fixture.end(probe, FAILURE);
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        }

        @Test
        void stillObeysAForce() {
            breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));

            breaker.force(Force.to(BreakerState.FORCED_OPEN));

            assertThat(rejection().reason()).isEqualTo(RejectionReason.FORCED_OPEN);
        }
    }

    @Nested
    class Rollout {

        @Test
        void enforcesForItsShareOfCallsOnly() {
            breaker.override(new BreakerOverride(null, 25, null));
            fixture.open();
            fixture.dice.add(0.249);
            fixture.dice.add(0.25);

            assertThat(rejection().reason()).isEqualTo(RejectionReason.OPEN);
            fixture.calls(SUCCESS);

            assertThat(breaker.snapshot().totals().allShadowRejected()).isEqualTo(1);
        }

        @Test
        void letsEverythingThroughAtZero() {
            breaker.override(new BreakerOverride(null, 0, null));
            fixture.open();

            fixture.calls(SUCCESS, SUCCESS);

            assertThat(breaker.snapshot().totals().allShadowRejected()).isEqualTo(2);
        }

        @Test
        void drawsForNoCallThatIsPermitted() {
            breaker.override(new BreakerOverride(null, 25, null));

            fixture.calls(SUCCESS, SUCCESS, SUCCESS);

            assertThat(breaker.snapshot().totals().calls()).containsEntry(SUCCESS, 3L);
        }
    }

    @Nested
    class Off {

        @Test
        void passesThroughAndCountsNothing() {
            breaker.override(new BreakerOverride(GuardMode.OFF, null, null));

            fixture.open();

            BreakerSnapshot seen = breaker.snapshot();
            assertThat(seen.state()).isEqualTo(BreakerState.CLOSED);
            assertThat(seen.totals().calls()).containsEntry(FAILURE, 0L);
            assertThat(seen.concurrent()).isZero();
        }

        @Test
        void refusesAForce() {
            breaker.override(new BreakerOverride(GuardMode.OFF, null, null));

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> breaker.force(Force.to(BreakerState.FORCED_OPEN)))
                    .withMessage(
                            "Breaker 'payments' is off and cannot be forced; set its mode to enforce or shadow first");
        }

        @Test
        void releasesAForceThatHeld() {
            breaker.force(Force.to(BreakerState.FORCED_OPEN));

            breaker.override(new BreakerOverride(GuardMode.OFF, null, null));

            assertThat(breaker.snapshot().state()).isEqualTo(BreakerState.HALF_OPEN);
            assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.RELEASED);
        }

        @Test
        void endsACallThatBeganBeforeWithoutJudgingIt() {
            BreakerPermit[] begun = {breaker.acquire(), breaker.acquire(), breaker.acquire(), breaker.acquire()};
            breaker.override(new BreakerOverride(GuardMode.OFF, null, null));

            for (BreakerPermit permit : begun) {
                fixture.end(permit, FAILURE);
            }

            assertThat(breaker.snapshot().state()).isEqualTo(BreakerState.CLOSED);
            assertThat(breaker.snapshot().concurrent()).isZero();
        }

        @Test
        void takesTheProbeBackWhoseCallEnds() {
            BreakerPermit probe = probeOfABreakerThatIsOffSince();
            fixture.end(probe, SUCCESS);

            breaker.clearOverride();
            fixture.advanceSeconds(5);
            assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        }

        @Test
        void takesTheProbeBackThatFindsTheBulkheadFull() {
            BreakerPermit probe = probeOfABreakerThatIsOffSince();
            breaker.refuse(probe);

            breaker.clearOverride();
            fixture.advanceSeconds(5);
            assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        }

        private BreakerPermit probeOfABreakerThatIsOffSince() {
            fixture.open();
            fixture.advanceSeconds(10);
            BreakerPermit probe = breaker.acquire();
            breaker.override(new BreakerOverride(GuardMode.OFF, null, null));
            return probe;
        }
    }

    @Nested
    class Listener {

        @Test
        void hearsEveryTransitionWithItsGenerationAndRates() {
            fixture.calls(SUCCESS, FAILURE, FAILURE, FAILURE);
            fixture.advanceSeconds(10);
            fixture.calls(SUCCESS, SUCCESS);

            assertThat(fixture.heard)
                    .extracting(Transition::from, Transition::to, Transition::reason, Transition::generation)
                    .containsExactly(
                            tuple(BreakerState.CLOSED, BreakerState.OPEN, TransitionReason.FAILURE_RATE, 1L),
                            tuple(BreakerState.OPEN, BreakerState.HALF_OPEN, TransitionReason.PROBE_DUE, 2L),
                            tuple(BreakerState.HALF_OPEN, BreakerState.CLOSED, TransitionReason.PROBES_PASSED, 3L));
            assertThat(fixture.heard.get(0).failureRate()).isEqualTo(75.0);
            assertThat(fixture.heard.get(0).slowCallRate()).isEqualTo(0.0);
        }

        @Test
        void mayAskTheBreaker() {
            AtomicReference<BreakerState> asked = new AtomicReference<>();
            AtomicReference<CircuitBreaker> self = new AtomicReference<>();
            CircuitBreaker observed = new CircuitBreaker(
                    Name.of("observed"),
                    BreakerFixture.HALF_OF_FOUR,
                    BreakerEnvironment.DEFAULT.withListener(
                            transition -> asked.set(self.get().state())));
            self.set(observed);

            observed.force(Force.to(BreakerState.FORCED_CLOSED));

            assertThat(asked).hasValue(BreakerState.FORCED_CLOSED);
        }

        @Test
        void whoThrowsChangesNothing() {
            CircuitBreaker observed = new CircuitBreaker(
                    Name.of("observed"),
                    BreakerFixture.HALF_OF_FOUR,
                    BreakerEnvironment.DEFAULT.withListener(transition -> {
                        throw new IllegalStateException("broken listener");
                    }));

            observed.force(Force.to(BreakerState.FORCED_OPEN));

            assertThat(observed.state()).isEqualTo(BreakerState.FORCED_OPEN);
        }
    }

    @Nested
    class Snapshot {

        @Test
        void keepsWhatOpenedTheBreaker() {
            fixture.calls(SUCCESS, FAILURE, FAILURE, TIMEOUT);

            BreakerSnapshot seen = breaker.snapshot();

            assertThat(seen.window().calls()).isEqualTo(4);
            assertThat(seen.window().failures()).isEqualTo(3);
            assertThat(seen.window().slow()).isEqualTo(1);
            assertThat(seen.window().failureRate()).isEqualTo(75.0);
            assertThat(seen.retryAt()).isEqualTo(fixture.ticker.instant().plusSeconds(10));
            assertThat(seen.probeDue()).isFalse();
        }

        @Test
        void saysThatAProbeIsDueAndStaysOpen() {
            fixture.open();
            fixture.advanceSeconds(10);

            BreakerSnapshot seen = breaker.snapshot();

            assertThat(seen.state()).isEqualTo(BreakerState.OPEN);
            assertThat(seen.probeDue()).isTrue();
        }

        @Test
        void tellsTheOutcomesApart() {
            fixture.calls(SUCCESS, IGNORED, CANCELLED, SUCCESS);

            assertThat(breaker.snapshot().totals().calls())
                    .containsEntry(SUCCESS, 2L)
                    .containsEntry(IGNORED, 1L)
                    .containsEntry(CANCELLED, 1L)
                    .containsEntry(FAILURE, 0L)
                    .containsEntry(TIMEOUT, 0L);
            assertThat(breaker.snapshot().window().calls()).isEqualTo(2);
        }

        @Test
        void hasNoRatesUnderMinimumCalls() {
            fixture.calls(FAILURE);

            assertThat(breaker.snapshot().window().failureRate()).isNull();
            assertThat(breaker.snapshot().window().slowCallRate()).isNull();
            assertThat(breaker.snapshot().window().saturationRate()).isNull();
        }

        @Test
        void keepsTheLastTwentyTransitions() {
            for (int i = 0; i < 15; i++) {
                breaker.force(Force.to(BreakerState.FORCED_OPEN));
                breaker.reset();
            }

            assertThat(breaker.snapshot().transitions()).hasSize(20);
            assertThat(breaker.snapshot().transitions().get(19).generation()).isEqualTo(30);
            assertThat(breaker.snapshot().transitions().get(0).generation()).isEqualTo(11);
        }

        @Test
        void namesTheLastFailure() {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> breaker.call(() -> {
                        throw new IOException("down");
                    }));

            assertThat(breaker.snapshot().lastFailure())
                    .isEqualTo(new BreakerSnapshot.LastFailure("java.io.IOException", fixture.ticker.instant()));
        }

        @Test
        void showsAForceUntilItExpires() {
            breaker.force(new Force(BreakerState.FORCED_CLOSED, Duration.ofSeconds(30), "bob", "drill"));

            assertThat(breaker.snapshot().force())
                    .isEqualTo(new BreakerSnapshot.ForceInEffect(
                            BreakerState.FORCED_CLOSED,
                            "bob",
                            "drill",
                            fixture.ticker.instant().plusSeconds(30)));
            fixture.advanceSeconds(30);
            assertThat(breaker.snapshot().force()).isNull();
            assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.EXPIRED);
        }

        @Test
        void datesAnExpiryAtItsMomentWhoeverLooksWhen() {
            breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofSeconds(30), null, null));
            Instant expiry = fixture.ticker.instant().plusSeconds(30);
            fixture.advanceSeconds(100);

            assertThat(breaker.snapshot().since()).isEqualTo(expiry);
        }

        @Test
        void tellsTheRatesOfTheMomentAtWhichAForceExpired() {
            BreakerFixture timed = new BreakerFixture(
                    BreakerFixture.HALF_OF_FOUR.withWindow(WindowSize.time(Duration.ofSeconds(100))));
            timed.breaker.force(new Force(BreakerState.FORCED_CLOSED, Duration.ofSeconds(20), null, null));
            timed.calls(SUCCESS, SUCCESS, SUCCESS, FAILURE);
            timed.advanceSeconds(3600);
            timed.breaker.state();

            Transition expired = timed.heard.get(timed.heard.size() - 1);
            assertThat(expired.reason()).isEqualTo(TransitionReason.EXPIRED);
            assertThat(expired.failureRate()).isEqualTo(25);
        }

        @Test
        void movesNoAttemptIntoAnotherTenthOfItsWindow() {
            BreakerConfig watched = BreakerFixture.HALF_OF_FOUR
                    .withWindow(WindowSize.time(Duration.ofSeconds(100)))
                    .withTrip(TripConfig.DEFAULTS.withSaturationRate(50.0));
            assertThat(refusalsLeft(new BreakerFixture(watched), false)).isEqualTo(1);
            assertThat(refusalsLeft(new BreakerFixture(watched), true)).isEqualTo(1);
        }

        /** Returns how many refusals of the 70th second are left after the 160th, of a breaker that is looked at after the 10th or not. */
        private long refusalsLeft(BreakerFixture one, boolean looked) {
            one.ticker.advance(Duration.ofSeconds(10).plusNanos(1));
            if (looked) {
                one.breaker.snapshot();
            }
            one.ticker.advance(Duration.ofSeconds(60).minusNanos(1));
            one.breaker.refuse(one.breaker.acquire());
            one.ticker.advance(Duration.ofSeconds(90).plusNanos(1));
            return one.breaker.snapshot().window().refused();
        }

        @Test
        void averagesTheDurations() {
            fixture.call(SUCCESS, Duration.ofMillis(100));
            fixture.call(SUCCESS, Duration.ofMillis(300));

            assertThat(breaker.snapshot().window().averageDuration()).isEqualTo(Duration.ofMillis(200));
        }
    }

    @Nested
    class Clock {

        @Test
        void mayStartAnywhereAndPassItsOverflow() {
            ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 1_000_000_000L);
            CircuitBreaker breaker = new CircuitBreaker(
                    Name.of("overflow"),
                    BreakerFixture.HALF_OF_FOUR.withWindow(WindowSize.time(Duration.ofSeconds(10))),
                    BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
            for (int i = 0; i < 4; i++) {
                ticker.advance(Duration.ofMillis(500));
                long now = ticker.nanos();
                breaker.end(breaker.acquire(), FAILURE, now, now, null);
            }

            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
            ticker.advance(Duration.ofSeconds(10));
            assertThat(breaker.snapshot().probeDue()).isTrue();
        }

        @Test
        void thatGoesBackMakesNoDurationNegative() {
            BreakerPermit permit = breaker.acquire();
            long start = fixture.ticker.nanos();
            fixture.ticker.advance(Duration.ofSeconds(-5));

            breaker.end(permit, SUCCESS, start, fixture.ticker.nanos(), null);

            assertThat(breaker.snapshot().totals().nanos()).containsEntry(SUCCESS, 0L);
        }

        @Test
        void thatJumpsAheadEmptiesATimeWindow() {
            BreakerFixture timed =
                    new BreakerFixture(BreakerFixture.HALF_OF_FOUR.withWindow(WindowSize.time(Duration.ofSeconds(10))));
            timed.calls(FAILURE, FAILURE, FAILURE);
            timed.ticker.advance(Duration.ofDays(3650));

            timed.calls(FAILURE);

            assertThat(timed.breaker.snapshot().window().calls()).isEqualTo(1);
        }
    }

    @Test
    void judgesARampOfAYear() {
        BreakerFixture slow = new BreakerFixture(BreakerFixture.HALF_OF_FOUR.withHalfOpen(
                new HalfOpenConfig(1, Duration.ofSeconds(5), Duration.ofDays(365))));
        slow.open();
        slow.advanceSeconds(10);
        slow.calls(SUCCESS);
        slow.ticker.advance(Duration.ofDays(364));

        slow.calls(SUCCESS);

        assertThat(rejectionOfTwo(slow)).isEqualTo(RejectionReason.RECOVERING);
    }

    private static RejectionReason rejectionOfTwo(BreakerFixture fixture) {
        // at 99.7 % of the share one call in hundreds is refused; the credit of the first calls decides which
        for (int i = 0; i < 1000; i++) {
            try {
                fixture.calls(SUCCESS);
            } catch (BreakerOpenException rejection) {
                return rejection.reason();
            }
        }
        throw new AssertionError("No call was refused in the ramp");
    }

    @Test
    void boundsAHugeStreakByTheLongestInterval() {
        BreakerFixture growing = new BreakerFixture(BreakerFixture.HALF_OF_FOUR.withOpen(
                new OpenConfig(Duration.ofSeconds(10), 100, Duration.ofDays(365), 0)));
        growing.open();
        for (int i = 0; i < 500; i++) {
            growing.ticker.advance(Duration.ofDays(365));
            growing.calls(FAILURE);
        }

        assertThat(rejection(growing.breaker).retryAfter()).isEqualTo(Duration.ofDays(365));
        assertThat(growing.breaker.snapshot().streak()).isEqualTo(500);
    }

    @Test
    void makesTheCallAndReturnsItsResult() throws Exception {
        assertThat(breaker.call(() -> "result")).isEqualTo("result");
        assertThat(breaker.snapshot().totals().calls()).containsEntry(SUCCESS, 1L);
    }

    @Test
    void asksTheClassifiersAheadOfTheConfiguredExceptions() {
        CircuitBreaker classified = new CircuitBreaker(
                Name.of("classified"),
                BreakerConfig.DEFAULTS.withExceptions(new ExceptionRules(List.of(), List.of(IOException.class))),
                BreakerEnvironment.DEFAULT.withClassifiers(
                        List.of((result, thrown) -> thrown instanceof IOException ? Outcome.FAILURE : null)));

        assertThat(classified.classifyThrown(new IOException())).isEqualTo(FAILURE);
        assertThat(classified.classifyThrown(new IllegalStateException())).isEqualTo(FAILURE);
    }

    @Test
    void judgesReturnedValuesByAClassifier() throws Exception {
        CircuitBreaker classified = new CircuitBreaker(
                Name.of("classified"),
                BreakerConfig.DEFAULTS,
                BreakerEnvironment.DEFAULT.withClassifiers(
                        List.of((result, thrown) -> "bad".equals(result) ? Outcome.FAILURE : null)));

        assertThat(classified.call(() -> "bad")).isEqualTo("bad");
        classified.call(() -> "good");

        assertThat(classified.snapshot().totals().calls())
                .containsEntry(FAILURE, 1L)
                .containsEntry(SUCCESS, 1L);
        assertThat(classified.snapshot().lastFailure()).isNotNull();
    }

    @Test
    void goesOnByTheNextRuleWhereAClassifierThrows() {
        CircuitBreaker classified = new CircuitBreaker(
                Name.of("classified"),
                BreakerConfig.DEFAULTS,
                BreakerEnvironment.DEFAULT.withClassifiers(List.of((result, thrown) -> {
                    throw new IllegalStateException("broken classifier");
                })));

        assertThat(classified.classifyThrown(new IOException())).isEqualTo(FAILURE);
        assertThat(classified.classifyResult("value")).isEqualTo(SUCCESS);
    }

    @Test
    void ignoresWhatItIsToldToEvenIfItIsRecordedToo() {
        CircuitBreaker ignoring =
                withExceptions(new ExceptionRules(List.of(Exception.class), List.of(IOException.class)));

        assertThat(ignoring.classifyThrown(new FileNotFoundException())).isEqualTo(IGNORED);
        assertThat(ignoring.classifyThrown(new IllegalStateException())).isEqualTo(FAILURE);
    }

    @Test
    void takesWhatIsNotRecordedForASuccess() {
        CircuitBreaker recording = withExceptions(new ExceptionRules(List.of(IOException.class), List.of()));

        assertThat(recording.classifyThrown(new IllegalStateException())).isEqualTo(SUCCESS);
        assertThat(recording.classifyThrown(new CompletionException(new IOException())))
                .isEqualTo(FAILURE);
    }

    @Test
    void takesAThrowableThatIsNeitherExceptionNorErrorForASuccess() {
        assertThat(breaker.classifyThrown(new Throwable())).isEqualTo(SUCCESS);
        assertThat(breaker.classifyThrown(new StackOverflowError())).isEqualTo(FAILURE);
    }

    private static CircuitBreaker withExceptions(ExceptionRules rules) {
        return new CircuitBreaker("rules", BreakerConfig.DEFAULTS.withExceptions(rules));
    }

    private BreakerOpenException rejection() {
        return rejection(breaker);
    }

    private static BreakerOpenException rejection(CircuitBreaker breaker) {
        return Objects.requireNonNull(catchThrowableOfType(BreakerOpenException.class, breaker::acquire));
    }
}
