package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.OwnThreads;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One asynchronous operation under a guard, for who adapts another asynchronous type to it: it asks for its permits without blocking
 * anybody, is started once it has them, and ends exactly once, whoever ends it first.
 *
 * <p>Safe for use by many threads.
 */
/*
 *   from                 to        made by
 *   WAITING              RUNNING   permitted: both permits are held
 *   RUNNING              ANSWERED  answered: the first of several values is there, and the limits of time have been kept
 *   RUNNING              OVERDUE   expire: mode or rollout exempt it; the breaker has its outcome, and the operation goes on
 *   any but ENDED        ENDED     refused, succeeded, failed, cancelled; and expire, from RUNNING
 *
 * Who makes the move to ENDED gives the permits back and tells whom it concerns; all others find that there is nothing left to do.
 */
public final class GuardedOperation {

    private enum Phase {
        WAITING,
        RUNNING,
        ANSWERED,
        OVERDUE,
        ENDED
    }

    /** What is guarded. */
    public interface Work {

        /**
         * Begins; called once at the most, on the thread that asked, or on another one with its context. The operation is told how it
         * ends.
         */
        void start(GuardedOperation operation);

        /**
         * Ends what was begun, if it was, and passes on why: a rejection, a timeout or an exceeded deadline. Called once at the most,
         * not after the operation was told how it ended, but maybe while {@link #start} is still under way.
         *
         * @param outcome what that says about the dependency; null if the operation was not started
         */
        void stop(RuntimeException why, @Nullable Outcome outcome);
    }

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final Guard guard;
    private final GuardPermits permits;
    private final Work work;
    private final @Nullable Deadline deadline;
    private final @Nullable Criticality criticality;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    /** The operation, and the bulkhead's own thread while one works for it: the place is given back with the last. */
    private final AtomicInteger holders = new AtomicInteger(1);

    private volatile @Nullable AsyncAdmission admission;
    private volatile @Nullable Future<?> alarm;
    private volatile @Nullable FutureTask<?> worker;
    private @Nullable BreakerPermit permit;
    private @Nullable BulkheadPermit place;
    private long startedAt;
    private long limit = NO_LIMIT;
    private boolean byDeadline;
    private volatile long answeredAfter = -1;

    GuardedOperation(Guard guard, Work work, @Nullable Deadline deadline, @Nullable Criticality criticality) {
        this.guard = guard;
        this.permits = guard.permits();
        this.work = work;
        this.deadline = deadline;
        this.criticality = criticality;
    }

    /** Asks for the permits. */
    void begin() {
        boolean late = deadline != null && deadline.isOver();
        BreakerPermit granted = null;
        BulkheadPermit free;
        try {
            granted = permits.ask(late);
            free = permits.placeAtOnce(granted, late, criticality);
        } catch (CallRejectedException rejection) {
            refused(rejection);
            return;
        }
        if (permits.bulkhead() == null || free != null) {
            permitted(granted, free);
        } else {
            AsyncAdmission waiting = new AsyncAdmission(this, permits, granted);
            admission = waiting;
            waiting.join();
        }
    }

    /** Starts with both permits, or gives them back if nobody wants it any longer. */
    void permitted(@Nullable BreakerPermit granted, @Nullable BulkheadPermit free) {
        permit = granted;
        place = free;
        startedAt = permits.environment().ticker().nanos();
        OwnThreads threads =
                permits.bulkhead() == null ? null : permits.bulkhead().ownThreads();
        if (threads != null) {
            holders.set(2);
        }
        if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
            permits.endAs(Outcome.CANCELLED, granted, startedAt, startedAt);
            permits.giveBack(null, free);
            return;
        }
        try {
            arm();
            if (threads != null) {
                startOn(threads);
            }
        } catch (RejectedExecutionException closed) {
            abandon(closed);
            return;
        }
        if (threads == null) {
            work.start(this);
        }
    }

    private void startOn(OwnThreads threads) {
        Runnable start =
                Carried.of(() -> work.start(this), permits.environment().context());
        FutureTask<?> task = new FutureTask<>(start, null);
        worker = task;
        if (phase.get() == Phase.ENDED) {
            // whoever ended it may have found no worker yet that could be told
            letGo();
            return;
        }
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                letGo();
            }
        });
    }

    private void arm() {
        long timeout = guard.timeoutNanos();
        long left = deadline == null ? NO_LIMIT : deadline.remainingNanos();
        if ((timeout == NO_LIMIT && left == NO_LIMIT) || permits.areOff(permit, place)) {
            return;
        }
        limit = Math.min(timeout, left);
        byDeadline = left < timeout;
        alarm = permits.environment()
                .scheduler()
                .schedule(
                        () -> {
                            expire(true);
                            return null;
                        },
                        limit);
        if (phase.get() == Phase.ENDED) {
            // whoever ended it may have found no alarm yet
            disarm();
        }
    }

    private void abandon(RejectedExecutionException closed) {
        Phase last = endAny();
        if (last == Phase.ENDED) {
            letGo();
            return;
        }
        disarm();
        permits.giveBack(last == Phase.OVERDUE ? null : permit, place);
        work.stop(closed, null);
    }

    /** Passes a rejection on; the permits are back already. */
    void refused(CallRejectedException rejection) {
        if (end(Phase.WAITING)) {
            work.stop(rejection, null);
        }
    }

    /**
     * Says that the first of several values is there. From here on no limit of time ends the operation, and cancelling it is no failure of
     * anybody.
     *
     * @return whether the value is in time; if not, {@link Work#stop} is or was called
     */
    public boolean answered() {
        long now = permits.environment().ticker().nanos();
        if (isOver(now)) {
            expire(false);
        }
        if (phase.get() == Phase.RUNNING) {
            answeredAfter = now - startedAt;
            if (phase.compareAndSet(Phase.RUNNING, Phase.ANSWERED)) {
                disarm();
                return true;
            }
        }
        return phase.get() != Phase.ENDED;
    }

    /**
     * Says that the operation ended well.
     *
     * @param result what it answered, as far as classifiers care; null for a stream
     * @return whether it was in time; if not, {@link Work#stop} is or was called
     */
    public boolean succeeded(@Nullable Object result) {
        return ended(result, null) != null;
    }

    /**
     * Says that the operation failed.
     *
     * @return what that says about the dependency; null if the operation had ended before, and {@link Work#stop} is or was called
     */
    public @Nullable Outcome failed(Throwable thrown) {
        return ended(null, thrown);
    }

    private @Nullable Outcome ended(@Nullable Object result, @Nullable Throwable thrown) {
        long now = permits.environment().ticker().nanos();
        if (isOver(now)) {
            expire(false);
        }
        Phase last = endAny();
        if (last == Phase.ENDED) {
            return null;
        }
        disarm();
        try {
            return last == Phase.OVERDUE
                    ? permits.classified(result, thrown)
                    : permits.end(permit, durationStart(now), now, result, thrown);
        } finally {
            letGo();
        }
    }

    /** Gives the operation up, because nobody wants its result any longer: it leaves the queue, or its own thread is interrupted. */
    public void cancelled() {
        Phase last = endAny();
        AsyncAdmission waiting = admission;
        if (last == Phase.WAITING && waiting != null) {
            waiting.cancel();
        }
        if (last == Phase.WAITING || last == Phase.ENDED) {
            return;
        }
        disarm();
        try {
            if (last != Phase.OVERDUE) {
                long now = permits.environment().ticker().nanos();
                Outcome outcome = last == Phase.ANSWERED ? Outcome.SUCCESS : Outcome.CANCELLED;
                permits.endAs(outcome, permit, durationStart(now), now);
            }
        } finally {
            letGo();
            interruptWorker();
        }
    }

    private boolean isOver(long now) {
        return limit != NO_LIMIT && now - startedAt >= limit && phase.get() == Phase.RUNNING;
    }

    private void expire(boolean byAlarm) {
        boolean enforced = permits.enforceLimits(permit);
        if (!phase.compareAndSet(Phase.RUNNING, enforced ? Phase.ENDED : Phase.OVERDUE)) {
            return;
        }
        disarm();
        try {
            permits.expire(
                    permit,
                    byDeadline ? Outcome.CANCELLED : Outcome.TIMEOUT,
                    startedAt,
                    permits.environment().ticker().nanos());
        } finally {
            if (enforced) {
                letGo();
                interruptWorker();
                stop(permits.expiry(limit, byDeadline), byAlarm);
            }
        }
    }

    /** The alarm's thread is for time alone: what the application does about a timeout must not keep other alarms waiting. */
    private void stop(RuntimeException why, boolean byAlarm) {
        if (!byAlarm) {
            work.stop(why, limitOutcome());
            return;
        }
        try {
            permits.environment().scheduler().execute(() -> work.stop(why, limitOutcome()));
        } catch (RejectedExecutionException nobody) {
            work.stop(why, limitOutcome());
        }
    }

    private Outcome limitOutcome() {
        return byDeadline ? Outcome.CANCELLED : Outcome.TIMEOUT;
    }

    private boolean end(Phase from) {
        return phase.compareAndSet(from, Phase.ENDED);
    }

    private Phase endAny() {
        return phase.getAndSet(Phase.ENDED);
    }

    private void disarm() {
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }

    private void interruptWorker() {
        FutureTask<?> task = worker;
        if (task != null) {
            task.cancel(true);
        }
    }

    private void letGo() {
        if (holders.decrementAndGet() == 0) {
            permits.release(place, startedAt, permits.environment().ticker().nanos());
        }
    }

    /** Returns the start from which the duration to the first value reaches to now. */
    private long durationStart(long now) {
        return answeredAfter < 0 ? startedAt : now - answeredAfter;
    }

    @Nullable
    Deadline deadline() {
        return deadline;
    }

    @Nullable
    Criticality criticality() {
        return criticality;
    }
}
