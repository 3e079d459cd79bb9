package dev.resilience;

import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadExecutor;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What another thread does to an operation in the short moments between two steps of it. */
class AsyncMomentTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler alarms = new ManualScheduler(ticker);
    private final HookedScheduler scheduler = new HookedScheduler(alarms);
    private final GuardEnvironment environment =
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(scheduler);
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("payments"),
            BreakerConfig.DEFAULTS.withTimeout(SECOND),
            BreakerEnvironment.DEFAULT.withGuard(environment));
    private final BulkheadConfig onePlace =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, SECOND);
    private final List<String> made = new ArrayList<>();

    private void assertNothingIsLeft(SemaphoreBulkhead bulkhead) {
        assertThat(bulkhead.snapshot().concurrent()).as("places").isZero();
        assertThat(bulkhead.snapshot().queueDepth()).as("queue").isZero();
        assertThat(breaker.snapshot().concurrent()).as("permits").isZero();
        assertThat(alarms.waiting()).as("alarms").isZero();
    }

    @Test
    void leavesNoAlarmWhereThePlaceComesWhileItIsBeingSet() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(Name.of("payments"), onePlace, environment);
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> running = bulkhead.callAsync(() -> first);
        scheduler.whenNextScheduled(() -> first.complete("first"));

        CompletableFuture<String> next = bulkhead.callAsync(() -> CompletableFuture.completedFuture("next"));

        assertThat(running).isCompletedWithValue("first");
        assertThat(next).isCompletedWithValue("next");
        assertNothingIsLeft(bulkhead);
    }

    @Test
    void leavesNoAlarmWhereTheCallerGivesUpWhileItIsBeingSet() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(Name.of("payments"), onePlace, environment);
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> running = bulkhead.callAsync(() -> first);
        CompletableFuture<String> waiting =
                Guard.of(breaker, bulkhead).callAsync(() -> new CompletableFuture<String>());
        scheduler.whenNextScheduled(() -> waiting.cancel(true));

        first.complete("first");

        assertThat(running).isCompletedWithValue("first");
        assertThat(waiting).isCancelled();
        assertNothingIsLeft(bulkhead);
    }

    @Test
    void makesNoCallOnItsOwnThreadWhoseTimeIsOverBefore() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
                Name.of("payments"), onePlace.withExecutor(BulkheadExecutor.PLATFORM), environment);
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> running = bulkhead.callAsync(() -> first);
        CompletableFuture<String> waiting = Guard.of(breaker, bulkhead).callAsync(() -> {
            made.add("made without a place");
            return new CompletableFuture<String>();
        });
        scheduler.whenNextScheduled(() -> waiting.cancel(true));

        first.complete("first");
        running.join();
        awaitDepth(bulkhead, 0);

        CompletableFuture<String> last = bulkhead.callAsync(() -> CompletableFuture.completedFuture("last"));
        assertThat(last.join()).isEqualTo("last");
        assertThat(made).isEmpty();
    }

    @Test
    void countsACallOnceThatTheBreakerRefusesWhileItsPlaceComes() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(Name.of("payments"), onePlace, environment);
        BulkheadPermit held = bulkhead.tryAcquire();
        AtomicReference<Runnable> whenNextRefused = new AtomicReference<>(() -> {});
        CircuitBreaker opening = new CircuitBreaker(
                Name.of("payments"),
                BreakerConfig.DEFAULTS
                        .withEnforcement(new Enforcement(GuardMode.ENFORCE, 99))
                        .withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(1))
                        .withOpen(new OpenConfig(SECOND, 1, SECOND, 0)),
                BreakerEnvironment.DEFAULT.withGuard(environment.withRandom(() -> {
                    whenNextRefused.getAndSet(() -> {}).run();
                    return 0;
                })));
        CompletableFuture<String> waiting =
                Guard.of(opening, bulkhead).callAsync(() -> CompletableFuture.completedFuture("made"));
        whenNextRefused.set(() -> bulkhead.giveBack(held));

        opening.end(opening.acquire(), Outcome.FAILURE, 0, 0, null);

        assertThat(waiting).isCompletedExceptionally();
        assertThat(opening.snapshot().totals().rejected()).containsEntry(RejectionReason.OPEN, 1L);
        assertThat(opening.snapshot().concurrent()).isZero();
        assertNothingIsLeft(bulkhead);
    }
}
