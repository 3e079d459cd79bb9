package dev.resilience.breaker;

import dev.resilience.internal.CallsAndTime;
import dev.resilience.internal.Stripes;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts the successes of one measurement that can decide nothing, without the breaker's lock, until it is closed: a success finds
 * out in the same step whether it was counted or has to take the lock.
 *
 * <p>One cell until two threads meet on it, then several.
 */
/*
 * A cell is one number (CallsAndTime), so that one addition counts a call, adds its duration and finds out whether the cell was open: the
 * sign says closed. A full cell and a long call take the lock. What is added to a closed cell is nothing: it is taken when it is closed,
 * and set when it is opened.
 *
 * An object has one measurement and one limit of duration for ever. So whoever reads it, is held up, and finds the cell open, has
 * checked what holds now, even if the cells were closed and opened again meanwhile. Only the end may be another one then: the
 * call counts into the newest tenth of a window, as every call does that is told of late, after the outcome that was judged there.
 */
final class SuccessStripes {

    private static final long CLOSED = Long.MIN_VALUE;

    /** How exactly the latest end is known, in nanoseconds: about a millisecond, so that few calls write it. */
    private static final long GRAIN = 1L << 20;

    private final Measurement measurement;
    private final long belowNanos;
    private final Stripes stripes;
    private final AtomicLongArray cells;
    private volatile long until;
    private volatile boolean contended;
    private boolean open;
    private long calls;
    private long nanos;
    private long lastAt;

    private SuccessStripes(Measurement measurement, long belowNanos, Stripes stripes) {
        this.measurement = measurement;
        this.belowNanos = belowNanos;
        this.stripes = stripes;
        this.cells = stripes.cells();
    }

    /**
     * Returns open stripes for a measurement, the latest ones if they fit; called under the lock.
     *
     * @param latest closed, or null if there are none yet
     * @param belowNanos a call that took so long is not counted here
     * @param now when the outcome ended that was judged
     * @param until from this moment on no call is counted here
     */
    static SuccessStripes opened(
            @Nullable SuccessStripes latest, Measurement measurement, long belowNanos, long now, long until) {
        long below = Math.min(belowNanos, CallsAndTime.LONGEST);
        boolean wide = latest != null && (latest.contended || latest.stripes == Stripes.MANY);
        Stripes stripes = wide ? Stripes.MANY : Stripes.ONE;
        SuccessStripes fitting = latest != null && latest.fits(measurement, below, stripes)
                ? latest
                : new SuccessStripes(measurement, below, stripes);
        fitting.open(now, until);
        return fitting;
    }

    private boolean fits(Measurement other, long below, Stripes wanted) {
        return measurement == other && belowNanos == below && stripes == wanted;
    }

    private void open(long now, long end) {
        open = true;
        until = end;
        for (int stripe = 0; stripe < stripes.count(); stripe++) {
            int cell = stripes.at(stripe);
            cells.setOpaque(cell + 1, now);
            cells.set(cell, 0);
        }
    }

    /** Counts a call if it decides nothing and the stripes are open; without the lock. Returns whether it did. */
    boolean tryAdd(BreakerPermit permit, long duration, long now) {
        if (permit != measurement || duration >= belowNanos || now - until >= 0) {
            return false;
        }
        int cell = stripes.ofThread();
        long seen = cells.get(cell);
        if (seen < 0 || CallsAndTime.areFull(seen)) {
            return false;
        }
        // before it is counted, so that whoever sees the count sees a moment that is not older
        if (now - cells.getOpaque(cell + 1) >= GRAIN) {
            cells.setOpaque(cell + 1, now);
        }
        long found = cells.getAndAdd(cell, CallsAndTime.one(duration));
        if (found != seen && stripes == Stripes.ONE) {
            contended = true;
            until = now; // the next call takes the lock, and opens more of them
        }
        return found >= 0;
    }

    boolean isOpen() {
        return open;
    }

    /** Ends counting, and sums up what was counted since the stripes were opened; called under the lock. */
    void close() {
        open = false;
        calls = 0;
        nanos = 0;
        for (int stripe = 0; stripe < stripes.count(); stripe++) {
            int cell = stripes.at(stripe);
            long counted = cells.getAndSet(cell, CLOSED);
            if (counted > 0) {
                note(cells.getOpaque(cell + 1));
                calls += CallsAndTime.calls(counted);
                nanos += CallsAndTime.nanos(counted);
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

    /** Returns when the last call that was counted ended, to a millisecond; means nothing if there was none. */
    long lastAt() {
        return lastAt;
    }
}
