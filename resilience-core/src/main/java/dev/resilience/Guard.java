package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A breaker, a bulkhead, or both around one call: the breaker is asked first, then the bulkhead, then the call is made, for at most
 * the breaker's timeout and what the caller's {@link Deadline} leaves.
 *
 * <p>After a wait in the bulkhead's queue the breaker is asked again if it has moved meanwhile, and a caller whose breaker opens
 * leaves the queue at once with the breaker's rejection. A bulkhead's refusal is no outcome for the breaker. Whatever a call throws,
 * every permit comes back exactly once. Immutable; a permitted call that need not wait and has no limit of time allocates nothing.
 *
 * <p>A timeout interrupts the calling thread. The call fails with {@link CallTimeoutException} when it returns, however late that is
 * and whatever it returns; the breaker has heard of it by then.
 */
public final class Guard {

    private final GuardPermits permits;
    private final Ticker ticker;
    private final long ownTimeout;
    private final @Nullable Criticality criticality;

    private Guard(GuardPermits permits, long ownTimeout, @Nullable Criticality criticality) {
        this.permits = permits;
        this.ticker = permits.environment().ticker();
        this.ownTimeout = ownTimeout;
        this.criticality = criticality;
    }

    private static Guard of(GuardPermits permits) {
        return new Guard(permits, TimeLimit.NONE, null);
    }

    /** Returns a guard of a breaker alone. */
    public static Guard of(CircuitBreaker breaker) {
        return of(new GuardPermits(breaker, null, breaker.environment()));
    }

    /** Returns a guard of a bulkhead alone. */
    public static Guard of(SemaphoreBulkhead bulkhead) {
        return of(new GuardPermits(null, bulkhead, bulkhead.environment()));
    }

    /** Returns a guard of both; they must have the same ticker. */
    public static Guard of(CircuitBreaker breaker, SemaphoreBulkhead bulkhead) {
        return of(new GuardPermits(breaker, bulkhead, breaker.environment()));
    }

    /**
     * Returns a guard of both with a timeout; they must have the same ticker.
     *
     * @throws InvalidSettingException if {@code timeout} is not above 0 and at most 365 days
     */
    public static Guard of(CircuitBreaker breaker, SemaphoreBulkhead bulkhead, Duration timeout) {
        return of(breaker, bulkhead).withTimeout(timeout);
    }

    /**
     * Returns a copy with a timeout of its own; where the breaker has one too, the smaller holds.
     *
     * @throws InvalidSettingException if {@code timeout} is not above 0 and at most 365 days
     */
    public Guard withTimeout(Duration timeout) {
        InvalidSettingException.requirePositive(timeout, "timeout");
        return new Guard(permits, timeout.toNanos(), criticality);
    }

    /** Returns a copy whose calls are of a criticality, whatever that of the calling thread is; null: that of the calling thread. */
    public Guard withCriticality(@Nullable Criticality other) {
        return new Guard(permits, ownTimeout, other);
    }

    /**
     * Makes a call.
     *
     * @throws CallRejectedException if it was not permitted
     * @throws CallTimeoutException if it took too long
     * @throws java.util.concurrent.CancellationException if the thread was interrupted while it waited for the bulkhead
     * @throws Exception what the call throws
     */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return run(call, Callable::call, null);
    }

    /**
     * Makes a call with an argument.
     *
     * @throws CallRejectedException if it was not permitted
     * @throws CallTimeoutException if it took too long
     * @throws java.util.concurrent.CancellationException if the thread was interrupted while it waited for the bulkhead
     * @throws X what the call throws
     */
    public <A, R extends @Nullable Object, X extends Throwable> R call(A argument, GuardedCall<A, R, X> call) throws X {
        return run(argument, call, null);
    }

    /**
     * Makes a call with an argument, and does something else instead where it was refused or threw.
     *
     * @throws java.util.concurrent.CancellationException if the thread was interrupted while it waited for the bulkhead
     * @throws X what the recovery throws, or the call if its outcome is {@link Outcome#CANCELLED}
     */
    public <A, R extends @Nullable Object, X extends Throwable> R call(
            A argument, GuardedCall<A, R, X> call, Recovery<A, R, X> recovery) throws X {
        return run(argument, call, recovery);
    }

    /**
     * Makes a call that answers later. Never blocks and never throws: whatever goes wrong is in the future. Its permits are held until
     * the call's stage is complete. Cancelling the future, or completing it, gives the call up: its stage is cancelled.
     *
     * @param call is made on the calling thread, or on one of the scheduler's if it had to wait for the bulkhead, or on one of the
     *     bulkhead's own; a null stage is a failure
     */
    public <T extends @Nullable Object> CompletableFuture<T> callAsync(
            Callable<? extends @Nullable CompletionStage<T>> call) {
        return new FutureCall<Callable<? extends @Nullable CompletionStage<T>>, T>(call, Callable::call, null)
                .madeBy(this);
    }

    /**
     * Makes a call with an argument that answers later, and does something else instead where it was refused or failed; see
     * {@link #callAsync(Callable)}.
     */
    public <A, T extends @Nullable Object> CompletableFuture<T> callAsync(
            A argument,
            GuardedCall<A, ? extends @Nullable CompletionStage<T>, ?> call,
            @Nullable Recovery<A, ? extends CompletionStage<T>, ?> recovery) {
        return new FutureCall<>(argument, call, recovery).madeBy(this);
    }

    private <A, R extends @Nullable Object, X extends Throwable> R run(
            A argument, GuardedCall<A, R, X> call, @Nullable Recovery<A, R, X> recovery) throws X {
        Deadline deadline = Deadline.current();
        Criticality caller = ofCaller();
        BreakerPermit permit;
        BulkheadPermit place;
        try {
            boolean late = deadline != null && deadline.isOver();
            permit = permits.ask(late);
            place = permits.placeAtOnce(permit, late, caller);
            if (late) {
                // mode or rollout let it through all the same
                deadline = null;
            }
            SemaphoreBulkhead bulkhead = permits.bulkhead();
            if (bulkhead != null && place == null) {
                Admission admission = new Admission(permits.breaker(), permit, bulkhead, caller, deadline);
                admission.await();
                permit = admission.permit();
                place = admission.place();
            }
        } catch (CallRejectedException rejection) {
            if (recovery == null) {
                throw rejection;
            }
            return recovery.recover(argument, rejection, null);
        }
        long timeout = timeoutNanos();
        return deadline == null && timeout == TimeLimit.NONE
                ? permitted(argument, call, recovery, permit, place)
                : timed(argument, call, recovery, permit, place, timeout, deadline);
    }

    private <A, R extends @Nullable Object, X extends Throwable> R permitted(
            A argument,
            GuardedCall<A, R, X> call,
            @Nullable Recovery<A, R, X> recovery,
            @Nullable BreakerPermit permit,
            @Nullable BulkheadPermit place)
            throws X {
        long startedAt = ticker.nanos();
        R result;
        try {
            result = call.call(argument);
        } catch (Throwable thrown) {
            Outcome outcome = permits.end(permit, place, startedAt, ticker.nanos(), null, thrown);
            if (recovery == null || outcome == Outcome.CANCELLED) {
                throw thrown;
            }
            return recovery.recover(argument, thrown, outcome);
        }
        permits.end(permit, place, startedAt, ticker.nanos(), result, null);
        return result;
    }

    private <A, R extends @Nullable Object, X extends Throwable> R timed(
            A argument,
            GuardedCall<A, R, X> call,
            @Nullable Recovery<A, R, X> recovery,
            @Nullable BreakerPermit permit,
            @Nullable BulkheadPermit place,
            long timeout,
            @Nullable Deadline deadline)
            throws X {
        if (permits.areOff(permit, place)) {
            return permitted(argument, call, recovery, permit, place);
        }
        long left = deadline == null ? TimeLimit.NONE : deadline.remainingNanos();
        TimedCall timed = new TimedCall(permits, permit, Math.min(timeout, left), left < timeout);
        Future<?> alarm = null;
        R result;
        try {
            alarm = timed.arm();
            result = call.call(argument);
        } catch (Throwable thrown) {
            Outcome outcome = end(timed, alarm, permit, place, null, thrown);
            RuntimeException expiry = timed.expiry();
            if (expiry != null) {
                expiry.addSuppressed(thrown);
                return recovered(argument, expiry, outcome, recovery);
            }
            if (recovery == null || outcome == Outcome.CANCELLED) {
                throw thrown;
            }
            return recovery.recover(argument, thrown, outcome);
        }
        Outcome outcome = end(timed, alarm, permit, place, result, null);
        RuntimeException expiry = timed.expiry();
        return expiry == null ? result : recovered(argument, expiry, outcome, recovery);
    }

    private static <A, R extends @Nullable Object, X extends Throwable> R recovered(
            A argument, RuntimeException expiry, Outcome outcome, @Nullable Recovery<A, R, X> recovery) throws X {
        if (recovery == null || outcome == Outcome.CANCELLED) {
            throw expiry;
        }
        return recovery.recover(argument, expiry, outcome);
    }

    /** Gives the permits of a timed call back, of which the breaker's is back already if the time was over. */
    private Outcome end(
            TimedCall timed,
            @Nullable Future<?> alarm,
            @Nullable BreakerPermit permit,
            @Nullable BulkheadPermit place,
            @Nullable Object result,
            @Nullable Throwable thrown) {
        long endedAt = ticker.nanos();
        boolean inTime = false;
        try {
            inTime = timed.endsInTime(alarm, endedAt);
        } finally {
            if (!inTime) {
                permits.release(place, timed.startedAt(), endedAt);
            }
        }
        if (inTime) {
            return permits.end(permit, place, timed.startedAt(), endedAt, result, thrown);
        }
        return timed.isEnforced() ? timed.outcome() : permits.classified(result, thrown);
    }

    /**
     * Begins an operation of another asynchronous type. Never blocks and never throws: whatever goes wrong, the work is told.
     *
     * @param deadline until when somebody waits for it; null if nobody does
     * @param otherwise the criticality of its caller where this guard has none of its own; null if it has none either
     */
    public GuardedOperation begin(
            GuardedOperation.Work work, @Nullable Deadline deadline, @Nullable Criticality otherwise) {
        GuardedOperation operation =
                new GuardedOperation(this, work, deadline, criticality == null ? otherwise : criticality);
        operation.begin();
        return operation;
    }

    /** Returns an operation under this guard, of the calling thread's deadline and criticality, that has not begun. */
    GuardedOperation operation(GuardedOperation.Work work) {
        return new GuardedOperation(this, work, Deadline.current(), ofCaller());
    }

    private @Nullable Criticality ofCaller() {
        return criticality == null && permits.bulkhead() != null ? Criticality.current() : criticality;
    }

    /** Returns how long a call may take, {@link Long#MAX_VALUE} for as long as it takes. */
    long timeoutNanos() {
        CircuitBreaker breaker = permits.breaker();
        return breaker == null ? ownTimeout : Math.min(ownTimeout, breaker.timeoutNanos());
    }

    GuardPermits permits() {
        return permits;
    }
}
