package dev.resilience.bulkhead;

import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.ThreadRecording;
import dev.resilience.VirtualThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many waiting threads: 10,000 virtual ones where the JDK has them, else 500 of the others. */
class VirtualThreadTests {

    private static final int PLACES = 25;
    private static final boolean VIRTUAL = VirtualThreads.EXIST;
    private static final int WAITERS = VIRTUAL ? 10_000 : 500;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final SemaphoreBulkhead bulkhead = bulkheadFor(WAITERS);

    @TempDir
    private Path folder;

    @Test
    void areNeverPinnedByAWait() throws Exception {
        // threads that load a class wait for each other in the JDK's own way
        makeAllWait(bulkheadFor(1), 1);
        ThreadRecording seen = ThreadRecording.of(() -> makeAllWait(bulkhead, WAITERS), folder.resolve("threads.jfr"));

        assertThat(most).hasValueBetween(1, PLACES);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
        assertThat(bulkhead.snapshot().totals().permitted()).isEqualTo(PLACES + WAITERS);
        assertThat(seen.pinned()).isEmpty();
        assertThat(seen.started())
                .as("the recording saw the threads")
                .hasSizeGreaterThanOrEqualTo(VIRTUAL ? WAITERS : 0);
    }

    private static SemaphoreBulkhead bulkheadFor(int waiters) {
        return new SemaphoreBulkhead(
                "payments",
                BulkheadConfig.DEFAULTS.withMaxConcurrent(PLACES).withQueue(waiters, Duration.ofMinutes(10)));
    }

    private void makeAllWait(SemaphoreBulkhead entered, int waiters) throws Exception {
        List<BulkheadPermit> held = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            held.add(entered.tryAcquire());
        }
        CountDownLatch made = new CountDownLatch(waiters);
        ThreadFactory threads = VirtualThreads.factoryOrPlatform();
        for (int i = 0; i < waiters; i++) {
            threads.newThread(() -> call(entered, made)).start();
        }
        awaitDepth(entered, waiters);
        held.forEach(permit -> entered.release(permit, 0, 0));
        assertThat(made.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void call(SemaphoreBulkhead entered, CountDownLatch made) {
        try {
            entered.call(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                return inside.decrementAndGet();
            });
            made.countDown();
        } catch (Exception refused) {
            throw new AssertionError(refused);
        }
    }
}
