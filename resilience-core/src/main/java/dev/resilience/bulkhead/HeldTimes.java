package dev.resilience.bulkhead;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/** How many places were given back, and for how long they were held in sum. Safe for use by many threads. */
/*
 * As long as no two threads meet, one number holds both, so that one addition counts a place: 19 bits of places above 44 bits of
 * nanoseconds. Neither overflows: a long time is added to the sums instead, and who finds the number a fourth full takes it over into
 * them, which leaves room for all that add at the same moment. What is taken over is in one of the two for whoever reads, who waits for
 * the lock under which that is done.
 *
 * Once two threads have met, each adds to the sums, which keep threads apart.
 */
final class HeldTimes {

    private static final int PLACES_SHIFT = 44;
    private static final long ONE_PLACE = 1L << PLACES_SHIFT;
    private static final long NANOS_MASK = ONE_PLACE - 1;
    private static final long FULL = ONE_PLACE << 17;
    private static final long LONG = 1L << 26;

    /* No AtomicLong, whose object lies one step away, and no field updater, which checks the class each time: two nanoseconds. */
    private static final VarHandle ALONE;

    static {
        try {
            ALONE = MethodHandles.lookup().findVarHandle(HeldTimes.class, "alone", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final LongAdder places = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile long alone;
    private volatile boolean contended;

    /** Counts a place that was held for so long, in nanoseconds. */
    void add(long held) {
        if (contended || held >= LONG) {
            places.increment();
            nanos.add(held);
            return;
        }
        long seen = alone;
        long found = (long) ALONE.getAndAdd(this, ONE_PLACE + held);
        if (found != seen) {
            contended = true;
        }
        if (found >= FULL) {
            takeOver();
        }
    }

    private synchronized void takeOver() {
        long taken = (long) ALONE.getAndSet(this, 0L);
        places.add(taken >>> PLACES_SHIFT);
        nanos.add(taken & NANOS_MASK);
    }

    /** Returns both of now, though not of one moment where places are given back meanwhile. */
    synchronized Sums sums() {
        long untaken = alone;
        return new Sums(places.sum() + (untaken >>> PLACES_SHIFT), nanos.sum() + (untaken & NANOS_MASK));
    }

    /** @param nanos for how long the places were held in sum */
    record Sums(long places, long nanos) {}
}
