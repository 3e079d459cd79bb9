package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/** The one thread on which a member does everything, so that nothing of it needs a lock. */
interface Loop extends Executor, AutoCloseable {

    /** Runs a task after some time; cancelling what is returned keeps it from running. */
    Future<?> after(Duration delay, Runnable task);

    /** Runs a task after some time, whatever happens. */
    void later(Duration delay, Runnable task);

    /** Ends the thread; tasks that wait are dropped. */
    @Override
    void close();
}
