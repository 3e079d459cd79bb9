package dev.resilience;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * The threads that a guard has of its own: one that is woken at a time, and those that go on with calls that waited without a thread.
 *
 * <p>Tests pass one that runs tasks when they turn the clock. Implementations must be safe for use by many threads.
 */
public interface Scheduler extends Executor {

    /**
     * Runs a task after so many nanoseconds. Guards only pass tasks that are short, do not block and call no foreign code.
     *
     * @param task a {@link Callable} only because the JDK's executors wrap a {@link Runnable} into one; returns null
     * @return cancels the task, which is forgotten at once then
     */
    Future<?> schedule(Callable<?> task, long nanos);

    /** Runs a task soon, on some other thread; it may call foreign code that blocks. */
    @Override
    void execute(Runnable task);

    /** Returns the scheduler that all guards of this class loader share: its only timer thread ends when nothing is left to do. */
    static Scheduler system() {
        return SystemScheduler.INSTANCE;
    }
}
