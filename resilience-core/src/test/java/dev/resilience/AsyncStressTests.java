package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadExecutor;
import dev.resilience.bulkhead.OwnThreads;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that can end an asynchronous call, at once: each future completes, and every permit comes back. */
class AsyncStressTests {

    private static final int CALLERS = 3;
    private static final int CALLS = 10_000;
    private static final int AT_ONCE = 12;
    private static final int DELAYING_THREADS = 4;
    private static final BreakerConfig CONFIG = BreakerConfig.DEFAULTS
            .withTimeout(Duration.ofMillis(2))
            .withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(1000));

    private final CircuitBreaker breaker = new CircuitBreaker("payments", CONFIG);
    private final AtomicBoolean over = new AtomicBoolean();
    /* Not those of CompletableFuture, which all tests share: what is left of calls that were given up keeps them busy for seconds. */
    private final ScheduledThreadPoolExecutor delays = new ScheduledThreadPoolExecutor(DELAYING_THREADS);

    @AfterEach
    void leaveNoThread() {
        delays.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(names = {"CALLER", "PLATFORM"})
    void losesNoPermitWhateverEndsACall(BulkheadExecutor executor) throws Exception {
        BulkheadConfig config = BulkheadConfig.DEFAULTS
                .withMaxConcurrent(4)
                .withQueue(20, Duration.ofMillis(3))
                .withExecutor(executor)
                .withShares(Map.of("customer", 50));
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", config);
        Thread operator = new Thread(() -> operate(bulkhead, config));
        operator.start();
        List<Thread> callers = new ArrayList<>();
        Map<String, Long> ends = new TreeMap<>();
        for (int i = 0; i < CALLERS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            Thread caller = new Thread(() -> makeCalls(Guard.of(breaker, bulkhead), random, ends));
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        over.set(true);
        operator.join();

        System.out.println(executor + ": " + ends);
        assertThat(ends.values().stream().mapToLong(Long::longValue).sum()).isEqualTo((long) CALLERS * CALLS);
        assertThat(ends.keySet())
                .contains(
                        "answered",
                        "BreakerOpenException",
                        "BulkheadFullException",
                        "CallTimeoutException",
                        "CancellationException",
                        "DeadlineExceededException");
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(bulkhead.snapshot().concurrent()).as("places").isZero();
            assertThat(bulkhead.snapshot().queueDepth()).as("queue").isZero();
            assertThat(breaker.snapshot().concurrent()).as("permits").isZero();
        });
        bulkhead.close();
        OwnThreads threads = bulkhead.ownThreads();
        assertThat(threads == null || threads.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }

    private void operate(SemaphoreBulkhead bulkhead, BulkheadConfig config) {
        SplittableRandom random = new SplittableRandom(7);
        while (!over.get()) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    breaker.force(Force.to(BreakerState.FORCED_OPEN));
                    LockSupport.parkNanos(100_000);
                    breaker.force(Force.to(BreakerState.FORCED_CLOSED));
                }
                case 2 -> breaker.reset();
                case 3 -> bulkhead.configure(config.withMaxConcurrent(random.nextInt(1, 7)));
                case 4 -> bulkhead.configure(config.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
                default -> bulkhead.configure(config);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private void makeCalls(Guard guard, SplittableRandom random, Map<String, Long> ends) {
        Semaphore room = new Semaphore(AT_ONCE);
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            room.acquireUninterruptibly();
            all.add(begin(guard, random).handle((result, thrown) -> {
                room.release();
                count(
                        ends,
                        thrown == null
                                ? "answered"
                                : Causes.unwrapped(thrown).getClass().getSimpleName());
                return result;
            }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static void count(Map<String, Long> ends, String end) {
        synchronized (ends) {
            ends.merge(end, 1L, Long::sum);
        }
    }

    private CompletableFuture<?> begin(Guard guard, SplittableRandom random) {
        int micros = random.nextInt(4000);
        Criticality criticality = random.nextBoolean() ? Criticality.of("customer") : null;
        Deadline.@Nullable Scope deadline =
                random.nextInt(4) == 0 ? Deadline.within(Duration.ofNanos(random.nextInt(2_000_000))) : null;
        CompletableFuture<Integer> call = guard.withCriticality(criticality)
                .callAsync(() -> CompletableFuture.supplyAsync(() -> 1, after(micros)));
        if (deadline != null) {
            deadline.close();
        }
        if (call.isCompletedExceptionally()) {
            // as callers do that were refused, so that not all of the calls are
            LockSupport.parkNanos(300_000);
        }
        if (random.nextInt(4) == 0) {
            after(random.nextInt(3000)).execute(() -> call.cancel(true));
        }
        return call;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it does is a future's business
    private Executor after(int micros) {
        return micros < 200 ? Runnable::run : command -> delays.schedule(command, micros, TimeUnit.MICROSECONDS);
    }
}
