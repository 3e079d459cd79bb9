package dev.resilience.bulkhead;

import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.VirtualThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many waiting threads: 10,000 virtual ones where the JDK has them, else 500 of the others. */
class VirtualThreadTests {

    private static final int PLACES = 25;
    private static final boolean VIRTUAL = VirtualThreads.EXIST;
    private static final int WAITERS = VIRTUAL ? 10_000 : 500;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            "payments", BulkheadConfig.DEFAULTS.withMaxConcurrent(PLACES).withQueue(WAITERS, Duration.ofMinutes(10)));

    @TempDir
    private Path folder;

    @Test
    void areNeverPinnedByAWait() throws Exception {
        List<RecordedEvent> events = recorded(this::makeThemAllWait);

        assertThat(most).hasValueBetween(1, PLACES);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
        assertThat(bulkhead.snapshot().totals().permitted()).isEqualTo(PLACES + WAITERS);
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                .isEmpty();
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("jdk.VirtualThreadStart"))
                .as("the recording saw the threads")
                .hasSizeGreaterThanOrEqualTo(VIRTUAL ? WAITERS : 0);
    }

    private void makeThemAllWait() throws Exception {
        List<BulkheadPermit> held = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            held.add(bulkhead.tryAcquire());
        }
        CountDownLatch made = new CountDownLatch(WAITERS);
        ThreadFactory threads = VirtualThreads.factoryOrPlatform();
        for (int i = 0; i < WAITERS; i++) {
            threads.newThread(() -> call(made)).start();
        }
        awaitDepth(bulkhead, WAITERS);
        held.forEach(permit -> bulkhead.release(permit, 0, 0));
        assertThat(made.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void call(CountDownLatch made) {
        try {
            bulkhead.call(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                return inside.decrementAndGet();
            });
            made.countDown();
        } catch (Exception refused) {
            throw new AssertionError(refused);
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private List<RecordedEvent> recorded(Action action) throws Exception {
        Path file = folder.resolve("threads.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.enable("jdk.VirtualThreadStart");
            recording.start();
            // the first thread that writes an event sets the recorder itself up, and others wait for that as for any
            // class
            Thread first = VirtualThreads.factoryOrPlatform().newThread(() -> {});
            first.start();
            first.join();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }
}
