package dev.resilience;

import static dev.resilience.breaker.BreakerState.FORCED_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The order in which a guard asks its breaker and its bulkhead, where nobody waits. */
class GuardTests {

    private final ManualTicker ticker = new ManualTicker();
    private final GuardEnvironment environment = GuardEnvironment.DEFAULT.withTicker(ticker);
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("payments"),
            BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(1)),
            BreakerEnvironment.DEFAULT.withGuard(environment));
    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead(Name.of("payments"), BulkheadConfig.DEFAULTS.withMaxConcurrent(1), environment);
    private final Guard guard = Guard.of(breaker, bulkhead);

    @Test
    void asksTheBreakerFirst() {
        breaker.force(Force.to(FORCED_OPEN));
        bulkhead.tryAcquire();
        assertThatThrownBy(() -> guard.call(() -> "made")).isInstanceOf(BreakerOpenException.class);
        assertThat(bulkhead.snapshot().totals().rejected().values()).containsOnly(0L);
    }

    @Test
    void holdsBothPermitsDuringTheCall() throws Exception {
        guard.call(() -> {
            assertThat(breaker.snapshot().concurrent()).isEqualTo(1);
            assertThat(bulkhead.snapshot().concurrent()).isEqualTo(1);
            return "made";
        });
        assertThat(breaker.snapshot().concurrent()).isZero();
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void takesPlacesForTheCriticalityOfTheCallingThread() throws Exception {
        bulkhead.configure(BulkheadConfig.DEFAULTS.withShares(Map.of("customer", 50)));
        Criticality.Scope scope = Criticality.of("customer").open();
        CompletableFuture<String> later = new CompletableFuture<>();
        CompletableFuture<String> answer = guard.callAsync(() -> later);
        assertThat(guard.call(this::customers)).isEqualTo(2);
        scope.close();
        assertThat(guard.call(this::customers)).isEqualTo(1);
        later.complete("made");
        assertThat(answer).isCompletedWithValue("made");
    }

    @Test
    void takesPlacesForItsOwnCriticalityFirst() throws Exception {
        bulkhead.configure(BulkheadConfig.DEFAULTS.withShares(Map.of("customer", 50)));
        Criticality.Scope scope = Criticality.of("batch").open();
        assertThat(guard.withCriticality(Criticality.of("customer")).call(this::customers))
                .isEqualTo(1);
        scope.close();
    }

    private int customers() {
        return bulkhead.snapshot().shares().get("customer").concurrent();
    }

    @Test
    void takesTheBulkheadsRefusalForNoOutcome() {
        bulkhead.tryAcquire();
        assertThatThrownBy(() -> guard.call(() -> "made")).isInstanceOf(BulkheadFullException.class);
        BreakerSnapshot after = breaker.snapshot();
        assertThat(after.concurrent()).isZero();
        assertThat(after.window().calls()).isZero();
        assertThat(after.totals().calls().values()).containsOnly(0L);
        assertThat(after.totals().rejected().values()).containsOnly(0L);
    }

    @Test
    void countsTheBulkheadsRefusalForSaturation() {
        breaker.configure(BreakerConfig.DEFAULTS.withTrip(
                TripConfig.DEFAULTS.withMinimumCalls(3).withSaturationRate(100.0)));
        bulkhead.tryAcquire();
        for (int i = 0; i < 3; i++) {
            assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
            assertThatThrownBy(() -> guard.call(() -> "made")).isInstanceOf(BulkheadFullException.class);
        }
        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.SATURATION);
        assertThatThrownBy(() -> guard.call(() -> "made"))
                .hasMessageStartingWith("Breaker 'payments' is OPEN: 100 % of 3 attempts found its bulkhead full");
    }

    @Test
    void doesNotCountForSaturationWhatAShadowBulkheadWouldHaveRefused() throws Exception {
        breaker.configure(BreakerConfig.DEFAULTS.withTrip(
                TripConfig.DEFAULTS.withMinimumCalls(1).withSaturationRate(1.0)));
        bulkhead.configure(
                BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        bulkhead.tryAcquire();
        assertThat(guard.<String>call(() -> "made")).isEqualTo("made");
        assertThat(breaker.snapshot().window().refused()).isZero();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void givesAProbesPlaceBackWhenTheBulkheadRefusesIt() throws Exception {
        breaker.force(Force.to(FORCED_OPEN));
        breaker.release();
        var held = bulkhead.tryAcquire();
        assertThatThrownBy(() -> guard.call(() -> "probe")).isInstanceOf(BulkheadFullException.class);
        bulkhead.giveBack(held);
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(guard.<String>call(() -> "probe")).isEqualTo("probe");
        assertThat(breaker.snapshot().window().calls()).isEqualTo(1);
    }

    @Test
    void givesTheBreakersPermitBackWhereTheBulkheadBreaks() {
        SemaphoreBulkhead broken = new SemaphoreBulkhead(
                Name.of("payments"),
                BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withEnforcement(new Enforcement(GuardMode.ENFORCE, 50)),
                environment.withRandom(() -> {
                    throw new IllegalStateException("no randomness left");
                }));
        broken.tryAcquire();
        assertThatThrownBy(() -> Guard.of(breaker, broken).call(() -> "made")).hasMessage("no randomness left");
        assertThat(breaker.snapshot().concurrent()).isZero();
        assertThat(broken.snapshot().concurrent()).isEqualTo(1);
    }

    @Test
    void measuresACallFromTheMomentItHasAllItsPermits() throws Exception {
        guard.call(() -> {
            ticker.advance(Duration.ofMillis(40));
            return "made";
        });
        assertThat(breaker.snapshot().window().averageDuration()).hasMillis(40);
        assertThat(bulkhead.snapshot().totals().averageHeld()).hasMillis(40);
    }

    @Test
    void passesThroughWhatIsOff() throws Exception {
        Enforcement off = new Enforcement(GuardMode.OFF, 100);
        breaker.configure(BreakerConfig.DEFAULTS.withEnforcement(off));
        bulkhead.configure(BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withEnforcement(off));
        guard.call(() -> guard.call(() -> "inner"));
        assertThatThrownBy(() -> guard.call(() -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        assertThat(breaker.snapshot().totals().calls().values()).containsOnly(0L);
        assertThat(bulkhead.snapshot().totals().permitted()).isZero();
    }

    @Test
    void guardsWithABreakerAlone() {
        Guard alone = Guard.of(breaker);
        assertThatThrownBy(() -> alone.call(() -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        assertThatThrownBy(() -> alone.call(() -> "made")).isInstanceOf(BreakerOpenException.class);
    }

    @Test
    void guardsWithABulkheadAlone() throws Exception {
        Guard alone = Guard.of(bulkhead);
        assertThatThrownBy(() -> alone.call(() -> alone.call(() -> "second")))
                .isInstanceOf(BulkheadFullException.class);
        assertThat(alone.<String>call(() -> "made")).isEqualTo("made");
    }

    @Test
    void handsItsArgumentToTheCall() {
        assertThat(guard.<Integer, Integer, RuntimeException>call(20, number -> number + 1))
                .isEqualTo(21);
    }

    @Test
    void letsACallReturnNull() throws Exception {
        assertThat(guard.<Object>call(() -> null)).isNull();
        assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.SUCCESS, 1L);
    }
}
