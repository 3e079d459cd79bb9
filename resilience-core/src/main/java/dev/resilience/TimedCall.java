package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A call on the calling thread that may take so long: whoever comes first, its end or the alarm, decides how it ended.
 *
 * <p>The number that it is, is its state; it extends {@link AtomicInteger} so that a timed call costs one object less.
 */
/*
 *   from       to         made by
 *   RUNNING    ENDED      the caller: the call is over, and was in time
 *   RUNNING    EXPIRING   the alarm, or the caller who finds that the time is over before the alarm has come
 *   EXPIRING   EXPIRED    the same thread, when the breaker has the outcome and the interrupt, if it is for the alarm to send it, is sent
 *   EXPIRING   EXEMPT     the same thread, where mode or rollout exempt the call: the breaker has the outcome, the caller gets his answer
 *
 * The interrupt is sent only between EXPIRING and EXPIRED, and the caller does not get past the end of its call in that stretch: so no
 * interrupt of ours can reach what comes after, and the one that was sent is taken off the thread.
 */
final class TimedCall extends AtomicInteger implements Callable<@Nullable Void> {

    private static final long serialVersionUID = 1L;
    private static final long SHORT_NANOS = 1_000;
    private static final int RUNNING = 0;
    private static final int ENDED = 1;
    private static final int EXPIRING = 2;
    private static final int EXPIRED = 3;
    private static final int EXEMPT = 4;

    private final transient GuardPermits permits;
    private final transient @Nullable BreakerPermit permit;
    private final transient Thread caller = Thread.currentThread();
    private final long startedAt;
    private final long limit;
    private final boolean byDeadline;

    /**
     * Creates a call that starts now.
     *
     * @param permit is ended when the time is over
     * @param limit how long the call may take, in nanoseconds
     * @param byDeadline whether that is what the caller's deadline leaves, and not the guard's timeout
     */
    TimedCall(GuardPermits permits, @Nullable BreakerPermit permit, long limit, boolean byDeadline) {
        this.permits = permits;
        this.permit = permit;
        this.startedAt = permits.environment().ticker().nanos();
        this.limit = limit;
        this.byDeadline = byDeadline;
    }

    /** Sets the alarm; from here on the thread may be interrupted. */
    Future<?> arm() {
        return permits.environment().scheduler().schedule(this, limit);
    }

    /** The alarm. */
    @Override
    public @Nullable Void call() {
        if (compareAndSet(RUNNING, EXPIRING)) {
            expire(true);
        }
        return null;
    }

    /**
     * Ends the stretch in which the thread may be interrupted by the alarm.
     *
     * @param alarm null if it could not be set
     * @return whether the call was in time; if not, the breaker has its outcome already
     */
    boolean endsInTime(@Nullable Future<?> alarm, long endedAt) {
        if (alarm != null) {
            alarm.cancel(false);
        }
        boolean inTime = endedAt - startedAt < limit;
        if (compareAndSet(RUNNING, inTime ? ENDED : EXPIRING)) {
            if (!inTime) {
                expire(false);
            }
            return inTime;
        }
        while (get() == EXPIRING) {
            // the alarm is about to send the interrupt, which must not be left to come later
            LockSupport.parkNanos(this, SHORT_NANOS);
        }
        if (get() == EXPIRED) {
            Thread.interrupted();
        }
        return false;
    }

    private void expire(boolean interrupt) {
        boolean enforced = true;
        try {
            enforced = permits.enforceLimits(permit);
            permits.expire(
                    permit, outcome(), startedAt, permits.environment().ticker().nanos());
        } finally {
            if (enforced && interrupt) {
                caller.interrupt();
            }
            set(enforced ? EXPIRED : EXEMPT);
        }
    }

    long startedAt() {
        return startedAt;
    }

    /** Returns what the breaker was told when the time was over. */
    Outcome outcome() {
        return byDeadline ? Outcome.CANCELLED : Outcome.TIMEOUT;
    }

    /** Returns whether the time was over, and that concerns the caller. */
    boolean isEnforced() {
        return get() == EXPIRED;
    }

    /** Returns what the caller gets because the time was over; null if that does not concern it. */
    @Nullable
    RuntimeException expiry() {
        return isEnforced() ? permits.expiry(limit, byDeadline) : null;
    }
}
