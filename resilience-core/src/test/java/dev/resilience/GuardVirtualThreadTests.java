package dev.resilience;

import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of many threads at once under a breaker with a timeout and a bulkhead: 10,000 virtual ones, else 500 of the others. */
class GuardVirtualThreadTests {

    private static final int PLACES = 25;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int CALLERS = VirtualThreads.EXIST ? 10_000 : 500;

    @TempDir
    private Path folder;

    @Test
    void pinNobodyWhileTheyWaitAndWhileTheyRun() throws Exception {
        assertPinsNobody(Crowd::call);
    }

    @Test
    void pinNobodyWhereTheyAnswerLater() throws Exception {
        assertPinsNobody(Crowd::callAsync);
    }

    private void assertPinsNobody(Consumer<Crowd> call) throws Exception {
        // threads that load a class wait for each other in the JDK's own way
        new Crowd(2 * PLACES).makeAll(call);
        Crowd crowd = new Crowd(CALLERS);
        ThreadRecording seen = ThreadRecording.of(() -> crowd.makeAll(call), folder.resolve("threads.jfr"));

        assertThat(seen.pinned()).isEmpty();
        assertThat(seen.started())
                .as("the recording saw the threads")
                .hasSizeGreaterThanOrEqualTo(VirtualThreads.EXIST ? CALLERS : 0);
        crowd.assertAllWerePaid();
    }

    /** Callers of one guard. */
    private static final class Crowd {

        private final CircuitBreaker breaker = new CircuitBreaker("payments", BreakerConfig.DEFAULTS.withTimeout(LONG));
        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final int callers;
        private final SemaphoreBulkhead bulkhead;
        private final Guard guard;
        private final CountDownLatch made;

        Crowd(int callers) {
            this.callers = callers;
            this.bulkhead = new SemaphoreBulkhead(
                    "payments",
                    BulkheadConfig.DEFAULTS.withMaxConcurrent(PLACES).withQueue(callers, LONG));
            this.guard = Guard.of(breaker, bulkhead);
            this.made = new CountDownLatch(callers);
        }

        /** The first calls hold their places until all the others wait. */
        void makeAll(Consumer<Crowd> call) throws InterruptedException {
            ThreadFactory threads = VirtualThreads.factoryOrPlatform();
            for (int i = 0; i < callers; i++) {
                threads.newThread(() -> call.accept(this)).start();
            }
            awaitDepth(bulkhead, callers - PLACES);
            opened.countDown();
            assertThat(made.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void call() {
            try {
                guard.call(this::pay);
                made.countDown();
            } catch (Exception refused) {
                throw new AssertionError(refused);
            }
        }

        void callAsync() {
            guard.callAsync(() -> CompletableFuture.completedFuture(pay())).join();
            made.countDown();
        }

        private String pay() throws InterruptedException {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            opened.await();
            inside.decrementAndGet();
            return "paid";
        }

        void assertAllWerePaid() {
            assertThat(most).as("calls at once").hasValueBetween(1, PLACES);
            assertThat(bulkhead.snapshot().concurrent()).isZero();
            assertThat(breaker.snapshot().concurrent()).isZero();
            assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.SUCCESS, (long) callers);
        }
    }
}
