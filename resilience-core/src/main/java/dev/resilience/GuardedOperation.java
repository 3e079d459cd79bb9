package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.OwnThreads;
import java.util.concurrent.RejectedExecutionException;
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

    private final Guard guard;
    private final GuardPermits permits;
    private final Work work;
    private final @Nullable Deadline deadline;
    private final @Nullable Criticality criticality;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile @Nullable AsyncAdmission admission;
    private volatile long answeredAfter = -1;
    /* What follows is written before the move to RUNNING, and read after a look at the phase. */
    private @Nullable BreakerPermit permit;
    /** Whether the deadline was over at the beginning, and mode or rollout let the operation through all the same. */
    private boolean wasLate;

    private HeldPlace place;
    private TimeLimit limit = TimeLimit.of(TimeLimit.NONE, null);
    private long startedAt;

    GuardedOperation(Guard guard, Work work, @Nullable Deadline deadline, @Nullable Criticality criticality) {
        this.guard = guard;
        this.permits = guard.permits();
        this.work = work;
        this.deadline = deadline;
        this.criticality = criticality;
        this.place = new HeldPlace(permits, null, 0, false);
    }

    /** Asks for the permits. */
    void begin() {
        boolean late = deadline != null && deadline.isOver();
        BreakerPermit granted = null;
        BulkheadPermit free;
        try {
            granted = permits.ask(late);
            free = permits.placeAtOnce(granted, late, criticality);
            wasLate = late;
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
        startedAt = permits.environment().ticker().nanos();
        OwnThreads threads =
                permits.bulkhead() == null ? null : permits.bulkhead().ownThreads();
        permit = granted;
        place = new HeldPlace(permits, free, startedAt, threads != null);
        if (!permits.areOff(granted, free)) {
            limit = TimeLimit.of(guard.timeoutNanos(), deadline());
        }
        if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
            permits.endAs(Outcome.CANCELLED, granted, startedAt, startedAt);
            permits.giveBack(null, free);
            return;
        }
        arm();
        if (threads == null) {
            work.start(this);
        } else {
            startOn(threads);
        }
    }

    private void arm() {
        limit.arm(permits.environment().scheduler(), () -> expire(true));
        if (phase.get() == Phase.ENDED) {
            // whoever ended it may have found no alarm yet
            limit.disarm();
        }
    }

    private void startOn(OwnThreads threads) {
        try {
            place.startOn(
                    threads,
                    Carried.of(() -> work.start(this), permits.environment().context()));
        } catch (RejectedExecutionException closed) {
            Phase last = endAny();
            if (last != Phase.ENDED) {
                limit.disarm();
                permits.giveBack(last == Phase.OVERDUE ? null : permit, null);
                place.giveBack();
                work.stop(closed, null);
            }
        }
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
                limit.disarm();
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
        limit.disarm();
        try {
            return last == Phase.OVERDUE
                    ? permits.classified(result, thrown)
                    : permits.end(permit, durationStart(now), now, result, thrown);
        } finally {
            place.letGo();
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
        limit.disarm();
        try {
            if (last != Phase.OVERDUE) {
                long now = permits.environment().ticker().nanos();
                Outcome outcome = last == Phase.ANSWERED ? Outcome.SUCCESS : Outcome.CANCELLED;
                permits.endAs(outcome, permit, durationStart(now), now);
            }
        } finally {
            place.letGo();
            place.interruptThread();
        }
    }

    private boolean isOver(long now) {
        return phase.get() == Phase.RUNNING && limit.isReachedAfter(now - startedAt);
    }

    private void expire(boolean byAlarm) {
        boolean enforced = permits.enforceLimits(permit);
        if (!phase.compareAndSet(Phase.RUNNING, enforced ? Phase.ENDED : Phase.OVERDUE)) {
            return;
        }
        limit.disarm();
        try {
            permits.expire(
                    permit,
                    limit.outcome(),
                    startedAt,
                    permits.environment().ticker().nanos());
        } finally {
            if (enforced) {
                place.letGo();
                place.interruptThread();
                stop(limit.expiry(permits), byAlarm);
            }
        }
    }

    /** The alarm's thread is for time alone: what the application does about a timeout must not keep other alarms waiting. */
    private void stop(RuntimeException why, boolean byAlarm) {
        if (!byAlarm) {
            work.stop(why, limit.outcome());
            return;
        }
        try {
            permits.environment().scheduler().execute(() -> work.stop(why, limit.outcome()));
        } catch (RejectedExecutionException nobody) {
            work.stop(why, limit.outcome());
        }
    }

    private boolean end(Phase from) {
        return phase.compareAndSet(from, Phase.ENDED);
    }

    private Phase endAny() {
        return phase.getAndSet(Phase.ENDED);
    }

    /** Returns the start from which the duration to the first value reaches to now. */
    private long durationStart(long now) {
        return answeredAfter < 0 ? startedAt : now - answeredAfter;
    }

    /** Returns the deadline that still matters; null if there is none. */
    @Nullable
    Deadline deadline() {
        return wasLate ? null : deadline;
    }

    @Nullable
    Criticality criticality() {
        return criticality;
    }
}
