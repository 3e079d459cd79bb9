package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls through the breakers of some nodes all the time, and how long they take. */
final class Traffic implements AutoCloseable {

    private static final int FEWEST = 100;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    Traffic(List<Node> nodes) {
        for (Node node : nodes) {
            var unused = threads.scheduleAtFixedRate(() -> call(node), 0, 1, TimeUnit.MILLISECONDS);
        }
    }

    private void call(Node node) {
        long begun = System.nanoTime();
        node.make(true);
        nanos.add(System.nanoTime() - begun);
    }

    /** Returns how many calls were made or refused since it began. */
    int calls() {
        return nanos.size();
    }

    /** Forgets what was so far. */
    void begin() {
        nanos.clear();
    }

    /** Checks that 99 of 100 calls took less than this, which is far below what anybody would wait for a store. */
    void tookLessThan(Duration longest) {
        List<Long> sorted;
        synchronized (nanos) {
            sorted = nanos.stream().sorted().toList();
        }
        assertThat(sorted).hasSizeGreaterThan(FEWEST);
        assertThat(Duration.ofNanos(sorted.get(sorted.size() * 99 / 100))).isLessThan(longest);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
