package dev.resilience.spring.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.Criticality;
import dev.resilience.Guard;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadExecutor;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BulkheadRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Guards under BlockHound, on threads that must not block and that are in each other's way. */
@Tag("blockhound")
class BlockHoundTests {

    private static final int THREADS = 8;
    private static final int WAITERS = 12;
    private static final int SUBSCRIPTIONS = 40_000;
    private static final Queue<BlockingOperationError> FOUND = new ConcurrentLinkedQueue<>();

    private final Scheduler eventLoops = Schedulers.newParallel("event-loop", THREADS);
    private final CircuitBreaker breaker = new CircuitBreaker(
            "payments",
            BreakerConfig.DEFAULTS
                    .withTimeout(Duration.ofMillis(2))
                    .withTrip(BreakerConfig.DEFAULTS.trip().withMinimumCalls(Integer.MAX_VALUE)));
    private final BulkheadConfig few =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(4).withQueue(WAITERS, Duration.ofMillis(2));

    @BeforeAll
    static void install() {
        BlockHound.builder()
                .loadIntegrations()
                .blockingMethodCallback(method -> {
                    BlockingOperationError found = new BlockingOperationError(method);
                    FOUND.add(found);
                    throw found;
                })
                .install();
    }

    @BeforeEach
    void forget() {
        FOUND.clear();
    }

    @AfterEach
    void dispose() {
        eventLoops.dispose();
    }

    @Test
    void findsAThreadThatWaits() {
        // so long that no thread can miss to park because it was held up on its way there
        Mono<Boolean> waiting = Mono.fromCallable(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS));
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", few);

        StepVerifier.create(guarded(Guard.of(bulkhead), waiting).subscribeOn(eventLoops))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isInstanceOf(BlockingOperationError.class));

        assertThat(FOUND).hasSize(1);
    }

    @Test
    void findsNothingInABreakerAndABulkhead() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", few);

        assertFindsNothing(Guard.of(breaker, bulkhead));

        assertNothingIsLeft(bulkhead);
    }

    @Test
    void findsNothingWhereABreakerThatOpensEvictsWhoWaits() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", few.withQueue(WAITERS, Duration.ofMinutes(1)));
        CircuitBreaker patient = new CircuitBreaker("payments", BreakerConfig.DEFAULTS);
        for (int round = 1; round <= 50; round++) {
            Disposable all = crowd(Guard.of(patient, bulkhead));
            awaitDepth(bulkhead, WAITERS);
            Mono.fromRunnable(() -> patient.force(Force.to(BreakerState.FORCED_OPEN)))
                    .subscribeOn(eventLoops)
                    .block();
            awaitDepth(bulkhead, 0);
            all.dispose();
            patient.reset();
        }

        assertThat(FOUND).isEmpty();
        assertThat(bulkhead.snapshot().totals().evicted()).isEqualTo(50L * WAITERS);
        assertNothingIsLeft(bulkhead);
    }

    /** As many subscriptions as there are places and room in the queue, of a source that never ends. */
    private Disposable crowd(Guard guard) {
        return Flux.range(0, few.maxConcurrent() + WAITERS)
                .flatMap(number -> guarded(guard, Mono.never()).subscribeOn(eventLoops))
                .subscribe();
    }

    private static void awaitDepth(SemaphoreBulkhead bulkhead, int depth) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(
                        () -> assertThat(bulkhead.snapshot().queueDepth()).isEqualTo(depth));
    }

    @Test
    void findsNothingInABulkheadWithShares() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", few.withShares(Map.of("customer", 50)));

        assertFindsNothing(Guard.of(breaker, bulkhead).withCriticality(Criticality.of("customer")));

        assertNothingIsLeft(bulkhead);
    }

    @Test
    void findsNothingInABulkheadWithThreadsOfItsOwn() {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", few.withExecutor(BulkheadExecutor.PLATFORM));

        assertFindsNothing(Guard.of(breaker, bulkhead));

        assertNothingIsLeft(bulkhead);
    }

    @Test
    void findsNothingWhereTheFirstCallOfAKeyMakesItsInstance() {
        BulkheadRegistry bulkheads = new BulkheadRegistry(few);

        everywhere(i -> guarded(Guard.of(bulkheads.get("payments", "key-" + i / THREADS)), Mono.just("paid")));

        assertThat(FOUND).isEmpty();
    }

    private void assertFindsNothing(Guard guard) {
        everywhere(i -> {
            if (i % 1_000 == 0) {
                breaker.force(Force.to(BreakerState.FORCED_OPEN));
            } else if (i % 100 == 50) {
                breaker.reset();
            }
            return guarded(guard, source(i));
        });

        assertThat(FOUND).isEmpty();
    }

    private interface Call {
        Mono<String> made(int number);
    }

    private void everywhere(Call call) {
        Flux.range(0, SUBSCRIPTIONS)
                .parallel(THREADS)
                .runOn(eventLoops)
                .flatMap(number -> call.made(number).onErrorComplete())
                .sequential()
                .then()
                .block(Duration.ofMinutes(1));
    }

    /** At once, later, never, or broken; also of many values. */
    private Mono<String> source(int number) {
        return switch (number % 8) {
            case 0 -> Mono.delay(Duration.ofMillis(1), eventLoops).map(tick -> "later");
            case 1 -> Mono.never();
            case 2 -> Mono.error(new IllegalStateException("down"));
            case 3 -> Mono.delay(Duration.ofMillis(2), eventLoops).map(tick -> "maybe too late");
            default -> Mono.just("paid");
        };
    }

    private static Mono<String> guarded(Guard guard, Mono<?> source) {
        Mono<String> text = source.map(Object::toString);
        return Mono.from(GuardOperator.of(guard, (thrown, outcome) -> {
                    if (thrown instanceof BlockingOperationError) {
                        throw thrown;
                    }
                    return Mono.just("cached");
                })
                .apply(text));
    }

    private void assertNothingIsLeft(SemaphoreBulkhead bulkhead) {
        await().untilAsserted(() -> {
            assertThat(bulkhead.snapshot().concurrent()).as("places").isZero();
            assertThat(bulkhead.snapshot().queueDepth()).as("queue").isZero();
            assertThat(breaker.snapshot().concurrent()).as("permits").isZero();
        });
    }
}
