package dev.resilience.bulkhead;

import dev.resilience.internal.CallsAndTime;
import dev.resilience.internal.Stripes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How many places were given back, and for how long they were held in sum. Safe for use by many threads.
 *
 * <p>One cell until two threads meet on it, then several.
 */
/*
 * A cell is one number (CallsAndTime), so that one addition counts a place and its time. A long time goes to the sums under the lock, and
 * so does what is in the cells once somebody finds one full.
 *
 * No AtomicLong, whose object lies one step away on the way of each call, and no field updater, which checks the class each time: two
 * nanoseconds. And no LongAdder: where threads are slower than what they share, it lets two of them keep to one cell.
 */
final class HeldTimes {

    private static final VarHandle ALONE;

    static {
        try {
            ALONE = MethodHandles.lookup().findVarHandle(HeldTimes.class, "alone", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private volatile long alone;
    private volatile @Nullable AtomicLongArray striped;
    private long places;
    private long nanos;

    /** Counts a place that was held for so long, in nanoseconds. */
    void add(long held) {
        if (held >= CallsAndTime.LONGEST) {
            addLong(held);
            return;
        }
        AtomicLongArray cells = striped;
        long found;
        if (cells == null) {
            long seen = alone;
            found = (long) ALONE.getAndAdd(this, CallsAndTime.one(held));
            if (found > seen) {
                stripe();
            }
        } else {
            found = cells.getAndAdd(Stripes.MANY.ofThread(), CallsAndTime.one(held));
        }
        if (CallsAndTime.areFull(found)) {
            takeOver();
        }
    }

    private synchronized void addLong(long held) {
        places++;
        nanos += held;
    }

    /** Has threads count apart from now on, as two have met. */
    synchronized void stripe() {
        if (striped == null) {
            striped = Stripes.MANY.cells();
        }
    }

    private synchronized void takeOver() {
        take((long) ALONE.getAndSet(this, 0L));
        AtomicLongArray cells = striped;
        if (cells != null) {
            for (int stripe = 0; stripe < Stripes.MANY.count(); stripe++) {
                take(cells.getAndSet(Stripes.MANY.at(stripe), 0));
            }
        }
    }

    private void take(long cell) {
        places += CallsAndTime.calls(cell);
        nanos += CallsAndTime.nanos(cell);
    }

    /** Returns both of now. */
    synchronized Sums sums() {
        takeOver();
        return new Sums(places, nanos);
    }

    /** @param nanos for how long the places were held in sum */
    record Sums(long places, long nanos) {}
}
