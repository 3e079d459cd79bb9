package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The turn of a thread that is parked in the queue. */
final class ParkedTurn implements Places.Turn {

    private final CallerClass callers;
    private final Thread thread = Thread.currentThread();
    private volatile @Nullable BulkheadPermit granted;
    private volatile boolean exempted;
    private volatile @Nullable CallRejectedException refused;
    private volatile boolean woken = true;

    ParkedTurn(CallerClass callers) {
        this.callers = callers;
    }

    @Override
    public CallerClass callers() {
        return callers;
    }

    @Override
    public void grant(BulkheadPermit place) {
        granted = place;
        LockSupport.unpark(thread);
    }

    @Override
    public void exempt() {
        exempted = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void refuse(CallRejectedException why) {
        refused = why;
        LockSupport.unpark(thread);
    }

    /** Returns why the caller was sent away, or null if it was not. */
    @Nullable
    CallRejectedException refused() {
        return refused;
    }

    /** Makes the caller look up. */
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** Returns the place, or null as long as the caller has none. */
    @Nullable
    BulkheadPermit granted() {
        return granted;
    }

    boolean isExempted() {
        return exempted;
    }

    /** Returns whether the caller was woken since the last time it was asked; at first, it was. */
    boolean takeWakeUp() {
        if (!woken) {
            return false;
        }
        // a wake-up that comes from here on sets it again, or is answered by the check that follows
        woken = false;
        return true;
    }
}
