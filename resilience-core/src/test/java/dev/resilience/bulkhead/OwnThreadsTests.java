package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resilience.CallTimeoutException;
import dev.resilience.ContextCarrier;
import dev.resilience.Guard;
import dev.resilience.GuardEnvironment;
import dev.resilience.ManualScheduler;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bulkheads that make calls on threads of their own. */
class OwnThreadsTests {

    private static final int PLACES = 4;
    private static final int SHORT_CALLS = 20_000;
    private static final ThreadLocal<String> REQUEST = new ThreadLocal<>();

    private final List<SemaphoreBulkhead> all = new ArrayList<>();

    /** Takes the request along, as a logging framework's context is. */
    private static final ContextCarrier WITH_REQUEST = task -> {
        String request = REQUEST.get();
        return () -> {
            REQUEST.set(request);
            try {
                task.run();
            } finally {
                REQUEST.remove();
            }
        };
    };

    private SemaphoreBulkhead bulkhead(BulkheadExecutor executor) {
        return bulkhead(executor, GuardEnvironment.DEFAULT);
    }

    private SemaphoreBulkhead bulkhead(BulkheadExecutor executor, GuardEnvironment environment) {
        assumeTrue(executor == BulkheadExecutor.PLATFORM || VirtualThreads.EXIST, "needs virtual threads");
        SemaphoreBulkhead made = new SemaphoreBulkhead(
                Name.of("payments"),
                BulkheadConfig.DEFAULTS
                        .withMaxConcurrent(PLACES)
                        .withQueue(1_000, Duration.ofMinutes(1))
                        .withExecutor(executor),
                environment.withContext(WITH_REQUEST));
        all.add(made);
        return made;
    }

    @AfterEach
    void assertNothingIsLeft() {
        REQUEST.remove();
        for (SemaphoreBulkhead each : all) {
            await().untilAsserted(() -> assertThat(each.snapshot().concurrent()).isZero());
            assertThat(each.snapshot().queueDepth()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void nameThemAfterTheBulkhead(BulkheadExecutor executor) {
        String name = bulkhead(executor)
                .callAsync(() ->
                        CompletableFuture.completedFuture(Thread.currentThread().getName()))
                .join();

        assertThat(name).isEqualTo("bulkhead-payments-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void haveNoMoreOfThemAtWorkThanPlaces(BulkheadExecutor executor) {
        SemaphoreBulkhead bulkhead = bulkhead(executor);
        Set<Thread> working = ConcurrentHashMap.newKeySet();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(bulkhead.callAsync(() -> {
                working.add(Thread.currentThread());
                most.accumulateAndGet(working.size(), Math::max);
                LockSupport.parkNanos(100_000);
                working.remove(Thread.currentThread());
                return CompletableFuture.completedFuture("paid");
            }));
        }

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("paid"));
        assertThat(most).hasValueBetween(2, PLACES);
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void takeTheContextAlongAndLeaveNothingOfItBehind(BulkheadExecutor executor) {
        SemaphoreBulkhead bulkhead = bulkhead(executor);
        for (int i = 0; i < 50; i++) {
            REQUEST.set("request-" + i);
            assertThat(bulkhead.callAsync(() -> CompletableFuture.completedFuture(REQUEST.get()))
                            .join())
                    .isEqualTo("request-" + i);
            REQUEST.remove();
            assertThat(bulkhead.callAsync(() -> CompletableFuture.completedFuture(REQUEST.get()))
                            .join())
                    .isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void giveAPlaceBackOnlyWhenItsThreadIsFree(BulkheadExecutor executor) throws Exception {
        ManualTicker ticker = new ManualTicker();
        ManualScheduler scheduler = new ManualScheduler(ticker);
        SemaphoreBulkhead bulkhead =
                bulkhead(executor, GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(scheduler));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch stubborn = new CountDownLatch(1);
        CompletableFuture<String> call = Guard.of(bulkhead)
                .withTimeout(Duration.ofSeconds(1))
                .callAsync(() -> {
                    started.countDown();
                    awaitStubbornly(stubborn, interrupted);
                    return CompletableFuture.completedFuture("too late");
                });
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        scheduler.advance(Duration.ofSeconds(1));

        assertThatThrownBy(call::join).hasCauseInstanceOf(CallTimeoutException.class);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bulkhead.snapshot().concurrent()).isOne();
        stubborn.countDown();
        await().untilAsserted(() -> assertThat(bulkhead.snapshot().concurrent()).isZero());
    }

    private static void awaitStubbornly(CountDownLatch latch, CountDownLatch interrupted) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                interrupted.countDown();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL", "PLATFORM"})
    void leaveNoInterruptOfATimeoutToTheNextCall(BulkheadExecutor executor) {
        Guard guard = Guard.of(bulkhead(executor)).withTimeout(Duration.ofNanos(150_000));
        AtomicInteger late = new AtomicInteger();
        AtomicInteger stained = new AtomicInteger();
        for (int i = 0; i < SHORT_CALLS; i += PLACES) {
            List<CompletableFuture<Boolean>> calls = new ArrayList<>();
            for (int j = 0; j < PLACES; j++) {
                calls.add(guard.callAsync(OwnThreadsTests::shortCall));
            }
            for (CompletableFuture<Boolean> call : calls) {
                // one that is interrupted as its own time is over never answers
                call.handle((interrupted, thrown) ->
                                thrown != null ? late.incrementAndGet() : interrupted ? stained.incrementAndGet() : 0)
                        .join();
            }
        }

        assertThat(stained).hasValue(0);
        assertThat(late).as("calls whose time was over").hasValueBetween(1, SHORT_CALLS - 1);
    }

    private static CompletableFuture<Boolean> shortCall() {
        boolean interrupted = Thread.currentThread().isInterrupted();
        LockSupport.parkNanos(20_000);
        return CompletableFuture.completedFuture(interrupted);
    }

    @ParameterizedTest
    @EnumSource(names = "PLATFORM")
    void endThemWhenThereIsNothingToDo(BulkheadExecutor executor) {
        OwnThreads threads = new OwnThreads(Name.of("idle"), executor, Duration.ofMillis(10));
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        threads.execute(() -> worker.complete(Thread.currentThread()));

        await().until(() -> !worker.join().isAlive());
    }
}
