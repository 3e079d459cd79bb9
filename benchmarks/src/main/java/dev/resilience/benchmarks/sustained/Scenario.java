package dev.resilience.benchmarks.sustained;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What goes on while calls arrive. */
enum Scenario {

    /** A dependency that answers at once. */
    CLOSED(20_000, 2) {
        @Override
        Dependency dependency() {
            return () -> "answer";
        }
    },

    /** A dependency that fails for a quarter of a second out of every half: breakers open, probe, and close. */
    FLAPPING(20_000, 2) {
        @Override
        Dependency dependency() {
            long flip = TimeUnit.MILLISECONDS.toNanos(250);
            long start = System.nanoTime();
            return () -> {
                if ((System.nanoTime() - start) / flip % 2 == 1) {
                    throw new Dependency.FailedException();
                }
                return "answer";
            };
        }
    },

    /** A dependency that can do two calls at once, in two milliseconds each, and is called ten times as often. */
    OVERLOAD(10_000, 64) {
        @Override
        Dependency dependency() {
            Semaphore workers = new Semaphore(PLACES, true);
            long busy = TimeUnit.MILLISECONDS.toNanos(2);
            return () -> {
                workers.acquireUninterruptibly();
                try {
                    LockSupport.parkNanos(busy);
                    return "answer";
                } finally {
                    workers.release();
                }
            };
        }
    };

    /** How many calls a bulkhead lets through at once. */
    static final int PLACES = 2;

    private final int arrivalsASecond;
    private final int callers;

    Scenario(int arrivalsASecond, int callers) {
        this.arrivalsASecond = arrivalsASecond;
        this.callers = callers;
    }

    abstract Dependency dependency();

    /** Returns how far apart arrivals are. */
    long interval() {
        return TimeUnit.SECONDS.toNanos(1) / arrivalsASecond;
    }

    /** Returns how many threads make the calls. */
    int callers() {
        return callers;
    }
}
