package dev.resilience.breaker;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts the successes of one measurement that can decide nothing, without the breaker's lock, until it is closed: a success finds
 * out in the same step whether it was counted or has to take the lock.
 *
 * <p>One cell until two threads meet on it, then several, as in {@code java.util.concurrent.atomic.Striped64} by Doug Lea.
 */
/*
 * A cell is one number, so that a compare-and-set counts a call, adds its duration and sees that the cell is open: the sign says
 * closed, then come 19 bits of calls and 44 bits of nanoseconds. Neither overflows: a full cell and a long call take the lock.
 *
 * An object has one measurement and one limit of duration for ever. So whoever reads it, is held up, and finds the cell as it was,
 * has checked what holds now, even if the cells were closed and opened again meanwhile. Only the end may be another one then: the
 * call counts into the newest tenth of a window, as every call does that is told of late, after the outcome that was judged there.
 */
final class SuccessStripes {

    private static final long CLOSED = Long.MIN_VALUE;
    private static final int CALLS_SHIFT = 44;
    private static final long ONE_CALL = 1L << CALLS_SHIFT;
    private static final long NANOS_MASK = ONE_CALL - 1;
    private static final long FULL = ONE_CALL << 17;
    private static final long LONGEST = 1L << 26;

    /** Two lines of a cache, because processors fetch them in pairs. */
    private static final int STRIDE = 16;

    /** Four for each processor, so that few threads meet on one although they do not choose it. */
    private static final int MOST =
            Integer.highestOneBit(8 * Runtime.getRuntime().availableProcessors() - 1);

    /* Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4): threads made one after another keep apart. */
    private static final int GOLDEN_RATIO = 0x9E3779B9;
    private static final int HASH_SHIFT = 20;

    private final Measurement measurement;
    private final long belowNanos;
    private final int mask;

    /** Away from the length of the array, which every access reads. */
    private final int first;

    private final AtomicLongArray cells;
    private volatile long until;
    private volatile boolean contended;
    private boolean open;
    private long calls;
    private long nanos;
    private long lastAt;

    private SuccessStripes(Measurement measurement, long belowNanos, boolean wide) {
        this.measurement = measurement;
        this.belowNanos = belowNanos;
        this.mask = wide ? MOST - 1 : 0;
        this.first = wide ? STRIDE : 0;
        this.cells = new AtomicLongArray(wide ? (MOST + 1) * STRIDE : 2);
    }

    /**
     * Returns open stripes for a measurement, the latest ones if they fit; called under the lock.
     *
     * @param latest closed, or null if there are none yet
     * @param belowNanos a call that took so long is not counted here
     * @param until from this moment on no call is counted here
     */
    static SuccessStripes opened(
            @Nullable SuccessStripes latest, Measurement measurement, long belowNanos, long until) {
        long below = Math.min(belowNanos, LONGEST);
        boolean wide = latest != null && (latest.contended || latest.mask != 0);
        SuccessStripes fitting = latest != null && latest.fits(measurement, below, wide)
                ? latest
                : new SuccessStripes(measurement, below, wide);
        fitting.open(until);
        return fitting;
    }

    private boolean fits(Measurement other, long below, boolean wide) {
        return measurement == other && belowNanos == below && wide == (mask != 0);
    }

    private void open(long end) {
        open = true;
        until = end;
        for (int stripe = 0; stripe <= mask; stripe++) {
            cells.set(at(stripe), 0);
        }
    }

    /** Counts a call if it decides nothing and the stripes are open; without the lock. Returns whether it did. */
    boolean tryAdd(BreakerPermit permit, long duration, long now) {
        if (permit != measurement || duration >= belowNanos || now - until >= 0) {
            return false;
        }
        int cell = cell();
        long seen = cells.get(cell);
        while (seen >= 0 && seen < FULL) {
            // before it is counted, so that whoever sees the count sees a moment that is not older
            cells.setOpaque(cell + 1, now);
            if (cells.compareAndSet(cell, seen, seen + ONE_CALL + duration)) {
                return true;
            }
            if (mask == 0) {
                contended = true;
                return false;
            }
            seen = cells.get(cell);
        }
        return false;
    }

    private int cell() {
        int hash = (int) Thread.currentThread().getId() * GOLDEN_RATIO;
        return at((hash >>> HASH_SHIFT) & mask);
    }

    /** Returns where the cell of a stripe is; the one after it holds when its latest call ended. */
    private int at(int stripe) {
        return first + stripe * STRIDE;
    }

    boolean isOpen() {
        return open;
    }

    /** Ends counting, and sums up what was counted since the stripes were opened; called under the lock. */
    void close() {
        open = false;
        calls = 0;
        nanos = 0;
        for (int stripe = 0; stripe <= mask; stripe++) {
            int cell = at(stripe);
            long counted = cells.getAndSet(cell, CLOSED);
            if (counted > 0) {
                note(cells.getOpaque(cell + 1));
                calls += counted >>> CALLS_SHIFT;
                nanos += counted & NANOS_MASK;
            }
        }
    }

    private void note(long at) {
        lastAt = calls == 0 || at - lastAt > 0 ? at : lastAt;
    }

    Measurement measurement() {
        return measurement;
    }

    long calls() {
        return calls;
    }

    long nanos() {
        return nanos;
    }

    /** Returns when the last call that was counted ended; means nothing if there was none. */
    long lastAt() {
        return lastAt;
    }
}
