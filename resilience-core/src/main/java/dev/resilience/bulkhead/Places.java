package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The limited places of a bulkhead and the queue before them: first come, first served, and nobody blocks here. */
/*
 * Running calls and queued callers are one number, so that a caller takes a free place, and a call gives one back, in a single
 * compare-and-set as long as nobody waits. Whoever sees a queue takes the lock, and only under the lock does the queue change. So a
 * release that saw no queue happened before the first caller queued, who then saw the free place; and one that came later hands
 * its place over. The number of running calls is above the limit only after the limit was lowered; it rises then by
 * those calls alone that had read the limit before, and never above the larger one.
 *
 * The sign of that number says that there are shares, and sends everybody to the lock as a queue does. There a free place goes to
 * the first that waits under its guarantee, else to the first of all, unless claims keep it: the guarantees are never more than the
 * limit in sum, so that whoever is under its own can have any free place. Only a claim lets a caller wait beside a free place; the
 * next operation, or a look at the moment when a claim lapses, finds it.
 */
final class Places {

    private static final long ONE_QUEUED = 1L << Integer.SIZE;
    private static final long SHARED = Long.MIN_VALUE;

    private final AtomicLong occupancy = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final CallerClasses classes;
    private final Looks looks;
    private final TurnQueue queue;
    private final Queue<PendingPlace> untold = new ConcurrentLinkedQueue<>();
    private volatile int limit;

    /** @param looks makes {@link #look} be called in time */
    Places(CallerClasses classes, Looks looks) {
        this.classes = classes;
        this.looks = looks;
        this.queue = new TurnQueue(classes, looks);
    }

    /** Takes a place if one is free that the caller may have, and returns its permit, else null. */
    @Nullable
    BulkheadPermit tryTake(CallerClass callers) {
        long seen = occupancy.get();
        while (isOpen(seen) && running(seen) < limit) {
            if (occupancy.compareAndSet(seen, seen + 1)) {
                return classes.unreserved().place();
            }
            seen = occupancy.get();
        }
        return seen < 0 ? tryTakeShared(callers) : null;
    }

    private @Nullable BulkheadPermit tryTakeShared(CallerClass callers) {
        lock();
        try {
            if (occupancy.get() >= 0) {
                return tryTake(callers);
            }
            grant();
            if (!queue.lets(callers, free())) {
                return null;
            }
            occupancy.incrementAndGet();
            callers.take();
            return callers.place();
        } finally {
            unlock();
        }
    }

    /** Gives a place back, to somebody in the queue if there is one. */
    void giveBack(CallerClass callers) {
        long seen = occupancy.get();
        while (isOpen(seen) && callers.isUnreserved()) {
            if (occupancy.compareAndSet(seen, seen - 1)) {
                return;
            }
            seen = occupancy.get();
        }
        lock();
        try {
            occupancy.decrementAndGet();
            callers.giveBack();
            grant();
        } finally {
            unlock();
        }
    }

    /**
     * Queues a turn, unless the caller can have a place after all.
     *
     * @return false if the queue has no room
     */
    boolean join(Turn turn, int room) {
        lock();
        try {
            while (true) {
                BulkheadPermit place = tryTake(turn.callers());
                if (place != null) {
                    turn.grant(place);
                    return true;
                }
                long seen = occupancy.get();
                if (queued(seen) >= room) {
                    return false;
                }
                boolean isStillTaken = !isOpen(seen) || running(seen) >= limit;
                if (isStillTaken && occupancy.compareAndSet(seen, seen + ONE_QUEUED)) {
                    queue.add(turn, free());
                    return true;
                }
            }
        } finally {
            unlock();
        }
    }

    /**
     * Takes a turn out of the queue.
     *
     * @return false if it has got its place meanwhile
     */
    boolean leave(Turn turn) {
        lock();
        try {
            grant();
            if (!queue.remove(turn)) {
                return false;
            }
            occupancy.addAndGet(-ONE_QUEUED);
            return true;
        } finally {
            unlock();
        }
    }

    /**
     * Notes that a caller was refused, which one under its guarantee has a claim for.
     *
     * @return how many places are free and not to be lent
     */
    int refuse(CallerClass callers) {
        if (occupancy.get() >= 0) {
            return 0;
        }
        lock();
        try {
            classes.refuse(callers);
            return Math.max(0, Math.min(free(), classes.kept()));
        } finally {
            unlock();
        }
    }

    /** Changes the limit and the shares of it; raising lets callers in, lowering breaks nothing that runs. */
    void resize(int newLimit, Map<String, Integer> percents) {
        lock();
        try {
            limit = newLimit;
            classes.share(percents, newLimit);
            occupancy.updateAndGet(seen -> percents.isEmpty() ? seen & ~SHARED : seen | SHARED);
            grant();
        } finally {
            unlock();
        }
    }

    /** Empties the queue and returns who was in it, without giving them places. */
    List<Turn> dissolve() {
        lock();
        try {
            List<Turn> waiting = queue.clear();
            occupancy.addAndGet(-ONE_QUEUED * waiting.size());
            return waiting;
        } finally {
            unlock();
        }
    }

    /** Hands over the places that a claim has kept which has lapsed. */
    void look() {
        lock();
        try {
            looks.done();
            grant();
        } finally {
            unlock();
        }
    }

    /** Has a turn that got its place told when the lock is free; called under the lock. */
    void tellLater(PendingPlace turn) {
        untold.add(turn);
    }

    /** The only place where anybody waits for the lock, named for who allows that. */
    private void lock() {
        lock.lock();
    }

    /** Frees the lock, and tells those who got their places under it. */
    private void unlock() {
        lock.unlock();
        if (untold.isEmpty() || lock.isHeldByCurrentThread()) {
            return;
        }
        for (PendingPlace turn = untold.poll(); turn != null; turn = untold.poll()) {
            turn.tell();
        }
    }

    /** Hands free places to who may have them; called under the lock. */
    private void grant() {
        Turn next = queue.poll(free());
        while (next != null) {
            occupancy.addAndGet(1 - ONE_QUEUED);
            next.callers().take();
            next.grant(next.callers().place());
            next = queue.poll(free());
        }
    }

    private int free() {
        return limit - running(occupancy.get());
    }

    /** Returns running calls and queued callers of one moment. */
    Occupancy occupancy() {
        long seen = occupancy.get();
        return new Occupancy(running(seen), queued(seen));
    }

    /** Returns the same by classes of callers. */
    CallerClasses.Standing standing() {
        if (classes.isPlain()) {
            return classes.standing(occupancy());
        }
        lock();
        try {
            return classes.standing(occupancy());
        } finally {
            unlock();
        }
    }

    record Occupancy(int running, int queued) {}

    /** Returns whether there are neither shares nor a queue. */
    private static boolean isOpen(long occupancy) {
        return occupancy >>> Integer.SIZE == 0;
    }

    private static int running(long occupancy) {
        return (int) occupancy;
    }

    private static int queued(long occupancy) {
        return (int) ((occupancy & ~SHARED) >>> Integer.SIZE);
    }

    /** One caller's turn in the queue: it ends with a place, unless the caller leaves before. */
    interface Turn {

        /** Returns the class of the caller, always the same. */
        CallerClass callers();

        /** Gives the caller its place; called under the lock, so it must not block and call nobody. */
        void grant(BulkheadPermit place);

        /** Lets the caller in without a place, as nobody has to wait any longer. */
        void exempt();

        /** Sends the caller away, as there will be no place any more. */
        void refuse(CallRejectedException why);
    }
}
