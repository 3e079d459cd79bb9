package dev.resilience.spring.lifecycle;

import dev.resilience.bulkhead.OwnThreads;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BulkheadRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the bulkheads that have threads of their own with the application: calls that wait are refused, calls under way have
 * {@code spring.lifecycle.timeout-per-shutdown-phase} to end, and are interrupted then.
 *
 * <p>In the phase of Spring's own executors, after web servers have ended their requests.
 */
public final class BulkheadShutdown implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(BulkheadShutdown.class);
    private static final int OF_EXECUTORS = Integer.MAX_VALUE / 2;
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    private final BulkheadRegistry bulkheads;
    private volatile boolean running;

    /** Creates one for all bulkheads of a registry. */
    public BulkheadShutdown(BulkheadRegistry bulkheads) {
        this.bulkheads = bulkheads;
    }

    private List<SemaphoreBulkhead> all() {
        return bulkheads.families().stream()
                .flatMap(family -> family.all().stream())
                .toList();
    }

    private List<OwnThreads> threads() {
        return all().stream()
                .map(SemaphoreBulkhead::ownThreads)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void start() {
        threads().forEach(OwnThreads::open);
        running = true;
    }

    /** Refuses what waits, and waits for nothing: {@link #stop(Runnable)} does. */
    @Override
    public void stop() {
        running = false;
        all().forEach(SemaphoreBulkhead::close);
    }

    @Override
    public void stop(Runnable callback) {
        stop();
        List<OwnThreads> ending = threads();
        if (ending.isEmpty()) {
            callback.run();
            return;
        }
        Thread waiting = new Thread(() -> awaitEnd(ending, callback), "bulkheads-end");
        waiting.setDaemon(true);
        waiting.start();
    }

    private static void awaitEnd(List<OwnThreads> ending, Runnable callback) {
        try {
            for (OwnThreads each : ending) {
                each.awaitEnd(AS_LONG_AS_IT_TAKES);
            }
            callback.run();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return OF_EXECUTORS;
    }

    @Override
    public void destroy() {
        for (SemaphoreBulkhead bulkhead : all()) {
            bulkhead.close();
            OwnThreads threads = bulkhead.ownThreads();
            if (threads != null && threads.interrupt()) {
                LOG.warn(
                        "Calls of bulkhead '{}' were still under way at the end of the application and were interrupted;"
                                + " spring.lifecycle.timeout-per-shutdown-phase gives them more time",
                        bulkhead.name());
            }
        }
    }
}
