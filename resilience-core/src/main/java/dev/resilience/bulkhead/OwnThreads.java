package dev.resilience.bulkhead;

import dev.resilience.Name;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that a bulkhead has of its own: no more than it has places, since each call holds a place for as long as it has a
 * thread. Only calls that are exempt from the limit by mode or rollout come on top.
 */
public final class OwnThreads implements Executor {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    private final Name name;
    private final BulkheadExecutor kind;
    private final Duration longestIdle;
    private volatile ExecutorService threads;

    OwnThreads(Name name, BulkheadExecutor kind) {
        this(name, kind, LONGEST_IDLE);
    }

    /** @param longestIdle after which a platform thread ends that has nothing to do */
    OwnThreads(Name name, BulkheadExecutor kind, Duration longestIdle) {
        this.name = name;
        this.kind = kind;
        this.longestIdle = longestIdle;
        this.threads = made();
    }

    private ExecutorService made() {
        return kind == BulkheadExecutor.VIRTUAL ? virtual(name) : platform(name, longestIdle);
    }

    /** Returns whether this Java has virtual threads. */
    static boolean canBeVirtual() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
    }

    private static ExecutorService platform(Name name, Duration longestIdle) {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory factory = work -> {
            Thread thread = new Thread(null, work, prefix(name) + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        };
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, longestIdle.toNanos(), TimeUnit.NANOSECONDS, new SynchronousQueue<>(), factory);
    }

    /** Asks for {@code Thread.ofVirtual().name(prefix, 1).factory()}, which the byte code of Java 17 cannot name. */
    private static ExecutorService virtual(Name name) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object unnamed = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual))
                    .invoke();
            Object named = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class))
                    .invoke(unnamed, prefix(name), 1L);
            ThreadFactory factory =
                    (ThreadFactory) lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
                            .invoke(named);
            return (ExecutorService) lookup.findStatic(
                            Executors.class,
                            "newThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class, ThreadFactory.class))
                    .invoke(factory);
        } catch (Throwable missing) {
            throw new IllegalStateException("Virtual threads need Java 21 or newer", missing);
        }
    }

    private static String prefix(Name name) {
        return "bulkhead-" + name + "-";
    }

    /** @throws BulkheadClosedException if the bulkhead was closed */
    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException closed) {
            throw new BulkheadClosedException(name);
        }
    }

    /** Takes no more work; what is under way goes on. */
    void close() {
        threads.shutdown();
    }

    /** Takes work again. */
    public synchronized void open() {
        if (threads.isShutdown()) {
            threads = made();
        }
    }

    /** Waits until no work is under way after the bulkhead was closed. Returns false if the time was over before. */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        return threads.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Interrupts what is under way, and takes no more. Returns whether anything was. */
    public boolean interrupt() {
        // Asked before: what is interrupted may have ended by the time that the interruption is done.
        boolean underWay = !threads.isTerminated();
        threads.shutdownNow();
        return underWay;
    }
}
