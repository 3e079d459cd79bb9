package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.RejectionReason;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 1,000 rounds from 50 threads that are interrupted at random: no place is lost, and no interrupt. */
class InterruptedRoundsTests {

    private static final int PLACES = 5;
    private static final int THREADS = 50;
    private static final int ROUNDS = 1_000;
    private static final long LONGEST_CALL = Duration.ofNanos(20_000).toNanos();

    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            "payments", BulkheadConfig.DEFAULTS.withMaxConcurrent(PLACES).withQueue(THREADS / 2, Duration.ofMillis(1)));
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger lostInterrupts = new AtomicInteger();

    /** A thread that knows for each of its rounds whether it was interrupted in it. */
    private final class Worker {

        private final Random random = new Random();
        private Thread thread;
        private boolean inRound;
        private boolean interrupted;

        synchronized void begin() {
            thread = Thread.currentThread();
            inRound = true;
            interrupted = false;
        }

        synchronized void interrupt() {
            if (inRound) {
                interrupted = true;
                thread.interrupt();
            }
        }

        synchronized void end() {
            inRound = false;
            lostInterrupts.addAndGet(Thread.interrupted() == interrupted ? 0 : 1);
        }

        Object work() throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                begin();
                call();
                end();
            }
            return "done";
        }

        private void call() throws Exception {
            try {
                bulkhead.call(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(random.nextLong(LONGEST_CALL));
                    inside.decrementAndGet();
                    return made.incrementAndGet();
                });
            } catch (BulkheadFullException full) {
                refused.incrementAndGet();
            } catch (CancellationException interrupt) {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                cancelled.incrementAndGet();
            }
        }
    }

    @Test
    void loseNoPlaceAndNoInterrupt() {
        List<Worker> workers =
                IntStream.range(0, THREADS).mapToObj(i -> new Worker()).toList();
        try (Callers callers = new Callers()) {
            List<Caller> working =
                    workers.stream().map(worker -> callers.start(worker::work)).toList();
            Random random = new Random();
            while (working.stream().anyMatch(Caller::isUnderWay)) {
                workers.get(random.nextInt(THREADS)).interrupt();
                LockSupport.parkNanos(LONGEST_CALL);
            }
            working.forEach(worker -> assertThat(worker.result()).isEqualTo("done"));
        }
        assertThat(lostInterrupts).hasValue(0);
        assertThat(most).hasValueBetween(1, PLACES);
        assertThat(made.get() + refused.get() + cancelled.get()).isEqualTo(THREADS * ROUNDS);
        assertThat(List.of(made.get(), refused.get(), cancelled.get()))
                .as("calls made, refused and cancelled")
                .allSatisfy(count -> assertThat(count).isPositive());
        assertEveryPlaceIsFree();
    }

    private void assertEveryPlaceIsFree() {
        BulkheadSnapshot snapshot = bulkhead.snapshot();
        assertThat(snapshot.concurrent()).isZero();
        assertThat(snapshot.queueDepth()).isZero();
        assertThat(snapshot.totals().permitted()).isEqualTo(made.get());
        assertThat(snapshot.totals().rejected().get(RejectionReason.FULL)
                        + snapshot.totals().rejected().get(RejectionReason.WAIT_TIMEOUT))
                .isEqualTo(refused.get());
        for (int i = 0; i < PLACES; i++) {
            assertThat(bulkhead.tryAcquire()).isNotNull();
        }
        assertThat(bulkhead.tryAcquire()).isNull();
    }
}
