package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread of its own. A task that throws is logged, and the next one runs. */
final class FleetThread implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread made = new Thread(task, "resilience-fleet");
        made.setDaemon(true);
        return made;
    });

    FleetThread() {
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(logged(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("The application ends; the fleet does not hear of this any more", closed);
        }
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        return thread.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody cancels it, and what it throws is logged
    public void later(Duration delay, Runnable task) {
        thread.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException broken) {
                LOG.error("A task of the fleet's thread failed; the thread goes on", broken);
            }
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
