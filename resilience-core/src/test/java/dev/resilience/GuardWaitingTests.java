package dev.resilience;

import static dev.resilience.breaker.BreakerState.FORCED_OPEN;
import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Callers.Caller;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a guard does with callers that wait for the bulkhead while the breaker moves. The clock stands: no wait ends by itself. */
class GuardWaitingTests {

    private static final BreakerConfig FIRST_FAILURE =
            BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(1));

    private final GuardEnvironment environment = GuardEnvironment.DEFAULT.withTicker(new ManualTicker());
    private final CircuitBreaker breaker =
            new CircuitBreaker(Name.of("payments"), FIRST_FAILURE, BreakerEnvironment.DEFAULT.withGuard(environment));
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"),
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(50, Duration.ofDays(1)),
            environment);
    private final Guard guard = Guard.of(breaker, bulkhead);
    private BulkheadPermit held;

    @BeforeEach
    void takeTheOnlyPlace() {
        held = bulkhead.tryAcquire();
    }

    private void assertNothingHeld() {
        bulkhead.giveBack(held);
        assertThat(breaker.snapshot().concurrent()).isZero();
        assertThat(bulkhead.snapshot().concurrent()).isZero();
        assertThat(bulkhead.snapshot().queueDepth()).isZero();
    }

    private void fail() {
        assertThatThrownBy(() -> breaker.call(() -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
    }

    @Test
    void evictsEveryWaiterAtOnceWhenTheBreakerIsForcedOpen() {
        try (Callers callers = new Callers()) {
            List<Caller> waiters = IntStream.range(0, 20)
                    .mapToObj(i -> callers.start(() -> guard.call(() -> "made")))
                    .toList();
            awaitDepth(bulkhead, 20);
            breaker.force(new Force(FORCED_OPEN, null, "alice", "maintenance"));
            waiters.forEach(waiter -> assertThat(waiter.thrown())
                    .isInstanceOf(BreakerOpenException.class)
                    .hasMessage("Breaker 'payments' is FORCED_OPEN by alice (maintenance); until it is released"));
        }
        assertThat(bulkhead.snapshot().totals().evicted()).isEqualTo(20);
        assertThat(bulkhead.snapshot().totals().waited()).isEqualTo(20);
        assertThat(bulkhead.snapshot().totals().rejected().values()).containsOnly(0L);
        assertThat(breaker.snapshot().totals().calls().values()).containsOnly(0L);
        assertThat(breaker.snapshot().totals().rejected()).containsEntry(RejectionReason.FORCED_OPEN, 20L);
        assertNothingHeld();
    }

    @Test
    void evictsAWaiterWhenTheBreakerOpens() {
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> guard.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            fail();
            assertThat(waiter.thrown()).isInstanceOf(BreakerOpenException.class).hasMessageContaining("is OPEN: ");
        }
        assertThat(bulkhead.snapshot().totals().evicted()).isEqualTo(1);
        assertNothingHeld();
    }

    @Test
    void doesNotEvictAWaiterWhoseBreakerIsInShadowMode() {
        breaker.configure(FIRST_FAILURE.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> guard.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            fail();
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
            bulkhead.giveBack(held);
            assertThat(waiter.result()).isEqualTo("made");
        }
        assertThat(bulkhead.snapshot().totals().evicted()).isZero();
        assertThat(breaker.snapshot().totals().shadowRejected()).containsEntry(RejectionReason.OPEN, 1L);
        assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.SUCCESS, 1L);
        held = bulkhead.tryAcquire();
        assertNothingHeld();
    }

    @Test
    void evictsAWaiterWhoseShadowBreakerIsForcedOpen() {
        breaker.configure(FIRST_FAILURE.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> guard.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            breaker.force(Force.to(FORCED_OPEN));
            assertThat(waiter.thrown()).isInstanceOf(BreakerOpenException.class);
        }
        assertNothingHeld();
    }

    @Test
    void asksForThePermitAgainWhenTheGenerationMovedMeanwhile() {
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> guard.call(() -> {
                throw new IllegalStateException("down");
            }));
            awaitDepth(bulkhead, 1);
            breaker.reset();
            bulkhead.giveBack(held);
            assertThat(waiter.thrown()).hasMessage("down");
        }
        assertThat(breaker.state()).as("the outcome counted in the new window").isEqualTo(BreakerState.OPEN);
        held = bulkhead.tryAcquire();
        assertNothingHeld();
    }

    @Test
    void takesAnInterruptedWaitForTheCallersWish() {
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> guard.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            waiter.interrupt();
            assertThat(waiter.thrown()).isExactlyInstanceOf(CancellationException.class);
            assertThat(waiter.endedInterrupted()).isTrue();
        }
        assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.CANCELLED, 1L);
        assertThat(breaker.snapshot().window().calls()).isZero();
        assertNothingHeld();
    }

    @Test
    void givesAProbesPlaceBackWhenItsWaitIsInterrupted() throws Exception {
        breaker.force(Force.to(FORCED_OPEN));
        breaker.release();
        try (Callers callers = new Callers()) {
            Caller probe = callers.start(() -> guard.call(() -> "probe"));
            awaitDepth(bulkhead, 1);
            probe.interrupt();
            assertThat(probe.thrown()).isInstanceOf(CancellationException.class);
        }
        bulkhead.giveBack(held);
        assertThat(guard.<String>call(() -> "probe")).isEqualTo("probe");
        assertThat(breaker.snapshot().window().calls()).isEqualTo(1);
    }
}
