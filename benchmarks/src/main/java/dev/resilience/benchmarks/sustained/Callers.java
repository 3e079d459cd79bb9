package dev.resilience.benchmarks.sustained;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Threads that make calls at fixed moments and measure from those moments on, not from when they came round to it: a call that has to
 * wait because earlier ones are slow counts its wait.
 */
final class Callers {

    enum Ending {
        ANSWERED,
        FAILED,
        REFUSED
    }

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    /** A thread that sleeps wakes late; it is awake so long before its call is due. */
    private static final long AWAKE = TimeUnit.MICROSECONDS.toNanos(100);

    private final Scenario scenario;
    private final Subject subject;
    private final Dependency guarded;
    private final AtomicLong arrivals = new AtomicLong();
    private final Map<Ending, Histogram> latencies = new EnumMap<>(Ending.class);

    Callers(Scenario scenario, Subject subject) {
        this.scenario = scenario;
        this.subject = subject;
        this.guarded = subject.guarded(scenario, scenario.dependency());
        for (Ending ending : Ending.values()) {
            latencies.put(ending, new Histogram(LONGEST, DIGITS));
        }
    }

    /** Makes calls for so long; those that are due by then are made, however late. */
    Map<Ending, Histogram> run(long warmup, long measured) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(scenario.callers());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < scenario.callers(); caller++) {
                all.add(threads.submit(() -> makeCalls(start, warmup, warmup + measured)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return latencies;
    }

    private void makeCalls(long start, long from, long until) {
        Map<Ending, Histogram> own = new EnumMap<>(Ending.class);
        latencies.forEach((ending, sum) -> own.put(ending, new Histogram(LONGEST, DIGITS)));
        for (long due = next(); due < until; due = next()) {
            awaitMoment(start + due);
            Histogram histogram = own.get(call());
            if (due >= from && histogram != null) {
                histogram.recordValue(System.nanoTime() - start - due);
            }
        }
        synchronized (latencies) {
            latencies.forEach((ending, sum) -> sum.add(own.get(ending)));
        }
    }

    private long next() {
        return arrivals.getAndIncrement() * scenario.interval();
    }

    private static void awaitMoment(long moment) {
        long left = moment - System.nanoTime();
        while (left > 0) {
            if (left > AWAKE) {
                LockSupport.parkNanos(left - AWAKE);
            } else {
                Thread.onSpinWait();
            }
            left = moment - System.nanoTime();
        }
    }

    private Ending call() {
        try {
            guarded.call();
            return Ending.ANSWERED;
        } catch (Dependency.FailedException failure) {
            return Ending.FAILED;
        } catch (RuntimeException thrown) {
            if (subject.isRefusal(thrown)) {
                return Ending.REFUSED;
            }
            throw thrown;
        }
    }
}
