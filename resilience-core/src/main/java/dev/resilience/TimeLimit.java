package dev.resilience;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** How long one operation may take, and the alarm for it. */
final class TimeLimit {

    static final long NONE = Long.MAX_VALUE;

    private final long nanos;
    private final boolean byDeadline;
    private volatile @Nullable Future<?> alarm;

    private TimeLimit(long nanos, boolean byDeadline) {
        this.nanos = nanos;
        this.byDeadline = byDeadline;
    }

    /**
     * Returns the limit of an operation that starts now.
     *
     * @param timeout in nanoseconds, {@link #NONE} if there is none
     */
    static TimeLimit of(long timeout, @Nullable Deadline deadline) {
        long left = deadline == null ? NONE : deadline.remainingNanos();
        return new TimeLimit(Math.min(timeout, left), left < timeout);
    }

    void arm(Scheduler scheduler, Runnable expire) {
        if (nanos == NONE) {
            return;
        }
        alarm = scheduler.schedule(
                () -> {
                    expire.run();
                    return null;
                },
                nanos);
    }

    void disarm() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }

    boolean isReachedAfter(long elapsed) {
        return nanos != NONE && elapsed >= nanos;
    }

    /** Returns what it says about the dependency that the time is over. */
    Outcome outcome() {
        return byDeadline ? Outcome.CANCELLED : Outcome.TIMEOUT;
    }

    /** Returns what the caller gets because the time is over. */
    RuntimeException expiry(GuardPermits permits) {
        return permits.expiry(nanos, byDeadline);
    }
}
