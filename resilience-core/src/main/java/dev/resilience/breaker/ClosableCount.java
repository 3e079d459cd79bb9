package dev.resilience.breaker;

import dev.resilience.internal.Stripes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts what many threads do without a lock, until it is closed: who counts finds out in the same step whether it still was open.
 *
 * <p>One cell until two threads meet on it, then several.
 */
/*
 * The sign of a cell says that it is closed, as in SuccessStripes: what is added to a closed cell is nothing. Whoever closes holds a lock
 * that all take who find a cell closed. So the cells are closed one after the other, and still it is one moment: a call that comes after
 * one that was not counted waits for the lock, too.
 *
 * Not a LongAdder: that one compares and sets, which costs a breaker's permitted call one more nanosecond of 55 with one thread than
 * an addition, and five with two threads (docs/decisions/0011). And no AtomicLong, whose object lies one more step away: two nanoseconds.
 */
class ClosableCount {

    private static final long CLOSED = Long.MIN_VALUE;

    private static final VarHandle ALONE;

    static {
        try {
            ALONE = MethodHandles.lookup().findVarHandle(ClosableCount.class, "alone", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile long alone;
    private volatile @Nullable AtomicLongArray striped;
    private boolean open = true;

    /** Counts one more, if this is open. Returns whether it did. */
    boolean tryIncrement() {
        AtomicLongArray cells = striped;
        if (cells != null) {
            return cells.getAndIncrement(Stripes.MANY.ofThread()) >= 0;
        }
        long seen = alone;
        long found = (long) ALONE.getAndAdd(this, 1L);
        if (found < 0) {
            return false;
        }
        if (found != seen) {
            stripe();
        }
        return true;
    }

    /** Has threads count apart from now on, as two have met. */
    synchronized void stripe() {
        if (striped == null) {
            AtomicLongArray cells = Stripes.MANY.cells();
            if (!open) {
                setAll(cells, CLOSED);
            }
            striped = cells;
        }
    }

    /** Ends counting. Returns how many were counted since this was opened. */
    synchronized long close() {
        open = false;
        long sum = Math.max(0, (long) ALONE.getAndSet(this, CLOSED));
        AtomicLongArray cells = striped;
        if (cells != null) {
            for (int stripe = 0; stripe < Stripes.MANY.count(); stripe++) {
                sum += Math.max(0, cells.getAndSet(Stripes.MANY.at(stripe), CLOSED));
            }
        }
        return sum;
    }

    /** Counts again, from 0, after it was closed. */
    synchronized void open() {
        open = true;
        alone = 0;
        AtomicLongArray cells = striped;
        if (cells != null) {
            setAll(cells, 0);
        }
    }

    private static void setAll(AtomicLongArray cells, long value) {
        for (int stripe = 0; stripe < Stripes.MANY.count(); stripe++) {
            cells.set(Stripes.MANY.at(stripe), value);
        }
    }
}
