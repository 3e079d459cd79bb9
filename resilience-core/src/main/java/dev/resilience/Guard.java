package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A breaker, a bulkhead, or both around one call: the breaker is asked first, then the bulkhead, then the call is made.
 *
 * <p>After a wait in the bulkhead's queue the breaker is asked again if it has moved meanwhile, and a caller whose breaker opens
 * leaves the queue at once with the breaker's rejection. A bulkhead's refusal is no outcome for the breaker. Whatever a call throws,
 * every permit comes back exactly once. Immutable; a permitted call that need not wait allocates nothing.
 */
public final class Guard {

    private final @Nullable CircuitBreaker breaker;
    private final @Nullable SemaphoreBulkhead bulkhead;
    private final Ticker ticker;

    private Guard(@Nullable CircuitBreaker breaker, @Nullable SemaphoreBulkhead bulkhead, Ticker ticker) {
        this.breaker = breaker;
        this.bulkhead = bulkhead;
        this.ticker = ticker;
    }

    /** Returns a guard of a breaker alone. */
    public static Guard of(CircuitBreaker breaker) {
        return new Guard(breaker, null, breaker.ticker());
    }

    /** Returns a guard of a bulkhead alone. */
    public static Guard of(SemaphoreBulkhead bulkhead) {
        return new Guard(null, bulkhead, bulkhead.ticker());
    }

    /** Returns a guard of both; they must have the same ticker. */
    public static Guard of(CircuitBreaker breaker, SemaphoreBulkhead bulkhead) {
        return new Guard(breaker, bulkhead, breaker.ticker());
    }

    /**
     * Makes a call.
     *
     * @throws CallRejectedException if it was not permitted
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

    private <A, R extends @Nullable Object, X extends Throwable> R run(
            A argument, GuardedCall<A, R, X> call, @Nullable Recovery<A, R, X> recovery) throws X {
        BreakerPermit permit;
        BulkheadPermit place;
        try {
            permit = breaker == null ? null : breaker.acquire();
            place = bulkhead == null ? null : bulkhead.tryAcquire();
            if (bulkhead != null && place == null) {
                Admission admission = new Admission(breaker, permit, bulkhead);
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
        return permitted(argument, call, recovery, permit, place);
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
            Outcome outcome = end(permit, place, startedAt, null, thrown);
            if (recovery == null || outcome == Outcome.CANCELLED) {
                throw thrown;
            }
            return recovery.recover(argument, thrown, outcome);
        }
        end(permit, place, startedAt, result, null);
        return result;
    }

    /** Gives both permits back, also where judging the call runs out of memory or stack: it counts as a failure then. */
    private Outcome end(
            @Nullable BreakerPermit permit,
            @Nullable BulkheadPermit place,
            long startedAt,
            @Nullable Object result,
            @Nullable Throwable thrown) {
        long endedAt = ticker.nanos();
        Outcome outcome = Outcome.FAILURE;
        try {
            outcome = thrown == null ? classifiedResult(result) : classified(thrown);
            return outcome;
        } finally {
            try {
                if (breaker != null && permit != null) {
                    breaker.end(permit, outcome, startedAt, endedAt, thrown == null ? result : thrown);
                }
            } finally {
                if (bulkhead != null && place != null) {
                    bulkhead.release(place, startedAt, endedAt);
                }
            }
        }
    }

    private Outcome classifiedResult(@Nullable Object result) {
        return breaker == null ? Outcome.SUCCESS : breaker.classifyResult(result);
    }

    private Outcome classified(Throwable thrown) {
        if (breaker != null) {
            return breaker.classifyThrown(thrown);
        }
        return Causes.isCancellation(Causes.unwrapped(thrown)) ? Outcome.CANCELLED : Outcome.FAILURE;
    }
}
