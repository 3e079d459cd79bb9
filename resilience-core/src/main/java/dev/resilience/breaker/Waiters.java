package dev.resilience.breaker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The calls that wait with a permit of a breaker. */
/*
 * Not a concurrent set of the JDK: its bins are locked by monitors, on which a virtual thread can hold its carrier.
 */
final class Waiters {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Runnable> all = new HashSet<>();

    void add(Runnable waiter) {
        lock();
        try {
            all.add(waiter);
        } finally {
            lock.unlock();
        }
    }

    void remove(Runnable waiter) {
        lock();
        try {
            all.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all, without the lock: those that leave remove themselves. */
    void wake() {
        List<Runnable> woken;
        lock();
        try {
            woken = List.copyOf(all);
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
    }

    /** The only place where anybody waits for the lock, named for who allows that. */
    private void lock() {
        lock.lock();
    }
}
