package dev.resilience.breaker;

import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Callers;
import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What changes, and what stays, when a breaker's configuration changes under it. */
class ReconfigurationTests {

    private static final BreakerConfig CALM = BreakerConfig.DEFAULTS
            .withWindow(WindowSize.calls(100))
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(100));
    private static final BreakerOverride SHADOW = new BreakerOverride(GuardMode.SHADOW, null, null);

    private static final Enforcement OFF = new Enforcement(GuardMode.OFF, 100);

    private final ManualTicker ticker = new ManualTicker();
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("payments"),
            CALM,
            BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));

    private void record(Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            breaker.end(breaker.acquire(), outcome, ticker.nanos(), ticker.nanos(), null);
        }
    }

    private long calls() {
        return breaker.snapshot().window().calls();
    }

    @Test
    void keepsTheCountsUnderNewThresholds() {
        record(SUCCESS, FAILURE, FAILURE);
        breaker.configure(CALM.withTrip(TripConfig.DEFAULTS.withMinimumCalls(4).withFailureRate(50)));
        assertThat(breaker.state()).as("until the next call").isEqualTo(BreakerState.CLOSED);
        assertThat(calls()).isEqualTo(3);
        record(SUCCESS);
        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.FAILURE_RATE);
    }

    @Test
    void keepsARowOfFailures() {
        record(FAILURE, FAILURE);
        breaker.configure(CALM.withTrip(CALM.trip().withConsecutiveFailures(3)));
        record(FAILURE);
        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.CONSECUTIVE_FAILURES);
    }

    @Test
    void keepsTheCountsOfAnEqualWindow() {
        record(SUCCESS, FAILURE);
        breaker.configure(CALM.withWindow(WindowSize.calls(100)).withMaxKeys(3));
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void startsOverWhereTheWindowsSizeChanges() {
        record(SUCCESS, FAILURE);
        breaker.configure(CALM.withWindow(WindowSize.calls(50)));
        assertThat(calls()).isZero();
        assertThat(breaker.snapshot().totals().calls()).containsEntry(FAILURE, 1L);
    }

    @Test
    void startsOverWhereTheWindowsKindChanges() {
        record(SUCCESS, FAILURE);
        breaker.configure(CALM.withWindow(WindowSize.time(Duration.ofSeconds(100))));
        assertThat(calls()).isZero();
        record(SUCCESS);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void startsOverWhereTheWindowChangesAndChangesBack() {
        record(SUCCESS, FAILURE);
        breaker.configure(CALM.withWindow(WindowSize.calls(50)));
        breaker.configure(CALM);
        assertThat(calls()).isZero();
    }

    @Test
    void startsOverWhereSaturationIsNotJudgedForAWhile() {
        BreakerConfig watched = CALM.withTrip(CALM.trip().withSaturationRate(100.0));
        breaker.configure(watched);
        breaker.refuse(breaker.acquire());
        breaker.configure(CALM);
        breaker.configure(watched);
        assertThat(breaker.snapshot().window().refused()).isZero();
    }

    @Test
    void letsAsManyProbesRunAtOnceAsTheGoodOnesSoFarSay() {
        breaker.configure(CALM.withHalfOpen(new HalfOpenConfig(3, Duration.ofSeconds(30), Duration.ZERO)));
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
        breaker.release();
        record(SUCCESS, SUCCESS);
        breaker.configure(CALM.withHalfOpen(new HalfOpenConfig(6, Duration.ofSeconds(30), Duration.ZERO)));
        for (int probe = 0; probe < 4; probe++) {
            breaker.acquire();
        }
        assertThatThrownBy(breaker::acquire).isInstanceOf(BreakerOpenException.class);
    }

    @Test
    void keepsStateAndGenerationUnderANewConfiguration() {
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
        breaker.configure(CALM.withWindow(WindowSize.calls(7)));
        assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(breaker.snapshot().generation()).isEqualTo(1);
    }

    @Test
    void judgesAHalfOpenBreakerByItsNewNumberOfProbes() {
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
        breaker.release();
        record(SUCCESS, SUCCESS);
        breaker.configure(CALM.withHalfOpen(new HalfOpenConfig(2, Duration.ofSeconds(30), Duration.ZERO)));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void laysAnOverrideOverTheConfiguration() {
        breaker.override(SHADOW);
        breaker.override(new BreakerOverride(null, 25, null));
        assertThat(breaker.config().enforcement()).isEqualTo(new Enforcement(GuardMode.SHADOW, 25));
        assertThat(breaker.snapshot().overridden()).containsExactly("mode", "rollout");
    }

    @Test
    void changesWhatLiesBeneathAnOverride() {
        breaker.override(SHADOW);
        breaker.configure(CALM.withEnforcement(new Enforcement(GuardMode.ENFORCE, 60)));
        assertThat(breaker.config().enforcement()).isEqualTo(new Enforcement(GuardMode.SHADOW, 60));
        assertThat(breaker.clearOverride()).isTrue();
        assertThat(breaker.clearOverride()).isFalse();
        assertThat(breaker.config().enforcement()).isEqualTo(new Enforcement(GuardMode.ENFORCE, 60));
    }

    @Test
    void endsAnOverrideAtItsExpiry() {
        breaker.override(new BreakerOverride(GuardMode.OFF, null, Duration.ofSeconds(10)));
        ticker.advance(Duration.ofSeconds(10).minusNanos(1));
        record(FAILURE);
        assertThat(breaker.config().enforcement().isOff()).isTrue();
        assertThat(calls()).isZero();

        ticker.advance(Duration.ofNanos(1));
        assertThat(breaker.config()).isEqualTo(CALM);
        record(FAILURE);
        assertThat(calls()).isEqualTo(1);
        assertThat(breaker.snapshot().overridden()).isEmpty();
        assertThat(breaker.clearOverride()).isFalse();
    }

    @Test
    void releasesAForceWhereAnOverrideSwitchesItOff() {
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
        breaker.override(new BreakerOverride(GuardMode.OFF, null, null));
        assertThat(breaker.snapshot().force()).isNull();
        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.RELEASED);
        record(SUCCESS);
    }

    @Test
    void releasesAForceWhereTheConfigurationSwitchesItOff() {
        breaker.force(Force.to(BreakerState.FORCED_CLOSED));
        breaker.configure(CALM.withEnforcement(new Enforcement(GuardMode.OFF, 100)));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        breaker.configure(CALM);
        assertThat(breaker.snapshot().force()).isNull();
    }

    @Test
    void refusesAForceWhileItIsOff() {
        breaker.override(new BreakerOverride(GuardMode.OFF, null, null));
        assertThatThrownBy(() -> breaker.force(Force.to(BreakerState.FORCED_OPEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Breaker 'payments' is off and cannot be forced; set its mode to enforce or shadow first");
    }

    @Test
    void tellsWhatALookFoundThoughItRefusesTheForce() {
        List<Transition> heard = new ArrayList<>();
        CircuitBreaker told = new CircuitBreaker(
                Name.of("payments"),
                CALM.withEnforcement(OFF),
                BreakerEnvironment.DEFAULT
                        .withListener(heard::add)
                        .withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
        told.override(new BreakerOverride(GuardMode.ENFORCE, null, Duration.ofSeconds(1)));
        told.force(Force.to(BreakerState.FORCED_OPEN));
        ticker.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> told.force(Force.to(BreakerState.FORCED_OPEN)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(heard)
                .extracting(Transition::reason)
                .containsExactly(TransitionReason.FORCED, TransitionReason.RELEASED);
    }

    @Test
    void releasesAForceAtTheMomentWhenTheOverrideEndsThatAllowedIt() {
        Instant start = ticker.instant();
        breaker.configure(CALM.withEnforcement(OFF));
        breaker.override(new BreakerOverride(GuardMode.ENFORCE, null, Duration.ofMillis(30)));
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
        ticker.advance(Duration.ofSeconds(1));

        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.RELEASED);
        assertThat(breaker.snapshot().since()).isEqualTo(start.plusMillis(30));
    }

    @Test
    void letsAForceExpireBeforeTheOverrideEndsThatAllowedIt() {
        Instant start = ticker.instant();
        breaker.configure(CALM.withEnforcement(OFF));
        breaker.override(new BreakerOverride(GuardMode.ENFORCE, null, Duration.ofMillis(30)));
        breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofMillis(1), null, null));
        ticker.advance(Duration.ofSeconds(1));

        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.EXPIRED);
        assertThat(breaker.snapshot().since()).isEqualTo(start.plusMillis(1));
    }

    /** Either set alone keeps the breaker closed; the first one's calls with the other one's rate would open it. */
    @Test
    void letsNoCallSeeHalfOfASet() {
        BreakerConfig wide = CALM.withWindow(WindowSize.calls(1_000_000));
        BreakerConfig early =
                wide.withTrip(TripConfig.DEFAULTS.withMinimumCalls(1).withFailureRate(100));
        BreakerConfig late =
                wide.withTrip(TripConfig.DEFAULTS.withMinimumCalls(1_000_000).withFailureRate(1));
        breaker.configure(late);
        AtomicBoolean over = new AtomicBoolean();
        try (Callers callers = new Callers()) {
            callers.start(() -> {
                while (!over.get()) {
                    breaker.configure(early);
                    breaker.configure(late);
                }
                return null;
            });
            for (int i = 0; i < 100_000 && breaker.state() == BreakerState.CLOSED; i++) {
                record(SUCCESS, FAILURE);
            }
            over.set(true);
        }
        assertThat(breaker.snapshot().generation()).isZero();
        assertThat(calls()).isEqualTo(200_000);
    }
}
