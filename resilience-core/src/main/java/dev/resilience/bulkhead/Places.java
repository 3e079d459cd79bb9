package dev.resilience.bulkhead;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** The limited places of a bulkhead and the queue before them: first come, first served, and nobody blocks here. */
/*
 * Running calls and queued callers are one number, so that a caller takes a free place, and a call gives one back, in a single
 * compare-and-set as long as nobody waits. Whoever sees a queue takes the lock, and only under the lock does the queue change. So a
 * release that saw no queue happened before the first caller queued, who then saw the free place; and one that came later hands
 * its place over. The number of running calls is above the limit only after the limit was lowered, and never rises then.
 */
final class Places {

    private static final long ONE_QUEUED = 1L << Integer.SIZE;

    private final AtomicLong occupancy = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Turn> queue = new ArrayDeque<>(0);
    private volatile int limit;

    Places(int limit) {
        this.limit = limit;
    }

    /** Takes a place if one is free and nobody waits. */
    boolean tryTake() {
        long seen = occupancy.get();
        while (queued(seen) == 0 && running(seen) < limit) {
            if (occupancy.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = occupancy.get();
        }
        return false;
    }

    /** Gives a place back, to the first in the queue if there is one. */
    void giveBack() {
        long seen = occupancy.get();
        while (queued(seen) == 0) {
            if (occupancy.compareAndSet(seen, seen - 1)) {
                return;
            }
            seen = occupancy.get();
        }
        lock.lock();
        try {
            occupancy.decrementAndGet();
            grant();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues a turn, unless a place is free after all.
     *
     * @return false if the queue has no room
     */
    boolean join(Turn turn, int room) {
        lock.lock();
        try {
            while (true) {
                if (tryTake()) {
                    turn.grant(BulkheadPermit.PLACE);
                    return true;
                }
                long seen = occupancy.get();
                if (queued(seen) >= room) {
                    return false;
                }
                boolean isStillTaken = queued(seen) > 0 || running(seen) >= limit;
                if (isStillTaken && occupancy.compareAndSet(seen, seen + ONE_QUEUED)) {
                    queue.addLast(turn);
                    return true;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a turn out of the queue.
     *
     * @return false if it has got its place meanwhile
     */
    boolean leave(Turn turn) {
        lock.lock();
        try {
            if (!queue.remove(turn)) {
                return false;
            }
            occupancy.addAndGet(-ONE_QUEUED);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Changes the limit; raising it lets callers in, lowering it breaks nothing that runs. */
    void resize(int newLimit) {
        lock.lock();
        try {
            limit = newLimit;
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** Empties the queue and returns who was in it, without giving them places. */
    List<Turn> dissolve() {
        lock.lock();
        try {
            List<Turn> waiting = List.copyOf(queue);
            queue.clear();
            occupancy.addAndGet(-ONE_QUEUED * waiting.size());
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Hands free places to the first in the queue; called under the lock. */
    private void grant() {
        Turn first = queue.peekFirst();
        while (first != null && running(occupancy.get()) < limit) {
            occupancy.addAndGet(1 - ONE_QUEUED);
            queue.removeFirst();
            first.grant(BulkheadPermit.PLACE);
            first = queue.peekFirst();
        }
    }

    /** Returns running calls and queued callers of one moment. */
    Occupancy occupancy() {
        long seen = occupancy.get();
        return new Occupancy(running(seen), queued(seen));
    }

    record Occupancy(int running, int queued) {}

    private static int running(long occupancy) {
        return (int) occupancy;
    }

    private static int queued(long occupancy) {
        return (int) (occupancy >>> Integer.SIZE);
    }

    /** One caller's turn in the queue: it ends with a place, unless the caller leaves before. */
    interface Turn {

        /** Gives the caller its place; called under the lock, so it must not block and call nobody. */
        void grant(BulkheadPermit place);

        /** Lets the caller in without a place, as nobody has to wait any longer. */
        void exempt();
    }
}
