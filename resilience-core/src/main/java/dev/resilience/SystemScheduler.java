package dev.resilience;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's scheduled executor for time, and its threads for asynchronous work for all else. */
final class SystemScheduler implements Scheduler {

    static final Scheduler INSTANCE = new SystemScheduler();

    private static final long IDLE_SECONDS = 10;

    private final Timer timer = timer();
    private final Executor threads = new CompletableFuture<>().defaultExecutor();

    private SystemScheduler() {}

    private static Timer timer() {
        Timer timer = new Timer();
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** The JDK's executor, with a name for the only place where who cancels a task may wait for the queue's lock. */
    private static final class Timer extends ScheduledThreadPoolExecutor {

        Timer() {
            super(1, SystemScheduler::thread);
        }

        @Override
        public boolean remove(Runnable task) {
            return super.remove(task);
        }
    }

    /** Inherits nothing of the caller that happens to be the first: its class loader and its thread-locals must not be kept alive. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "resilience-timer", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(SystemScheduler.class.getClassLoader());
        return thread;
    }

    @Override
    public Future<?> schedule(Callable<?> task, long nanos) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }
}
