package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The breaker and the bulkhead of a guard, of which one may be missing: asks both for permits and gives these back. */
record GuardPermits(
        @Nullable CircuitBreaker breaker, @Nullable SemaphoreBulkhead bulkhead, GuardEnvironment environment) {

    /**
     * Asks the breaker.
     *
     * @param late whether the caller's deadline is over: the call is refused then, unless the mode lets it through
     * @throws CallRejectedException if the call is not permitted
     */
    @Nullable
    BreakerPermit ask(boolean late) {
        if (breaker == null) {
            return null;
        }
        return late ? breaker.acquireTooLate() : breaker.acquire();
    }

    /**
     * Returns a place of the bulkhead if there is one at once, or null. A call that is late is refused here where no breaker judges it.
     *
     * @throws CallRejectedException if the call is not permitted
     */
    @Nullable
    BulkheadPermit placeAtOnce(@Nullable BreakerPermit permit, boolean late, @Nullable Criticality criticality) {
        if (bulkhead == null) {
            return null;
        }
        return late && !isJudged(permit) ? bulkhead.acquireTooLate(criticality) : bulkhead.tryAcquire(criticality);
    }

    /** Returns whether a breaker is there and on. */
    private boolean isJudged(@Nullable BreakerPermit permit) {
        return breaker != null && permit != null && !breaker.isOff(permit);
    }

    /** Returns whether a call is guarded by nothing, as all that could do so is off. */
    boolean areOff(@Nullable BreakerPermit permit, @Nullable BulkheadPermit place) {
        return !isJudged(permit) && (bulkhead == null || place == null || bulkhead.isOff(place));
    }

    /** Returns whether a limit of time that a call has reached holds for it. */
    boolean enforceLimits(@Nullable BreakerPermit permit) {
        if (breaker != null && permit != null && isJudged(permit)) {
            return breaker.enforces(permit);
        }
        return bulkhead == null || bulkhead.enforces();
    }

    /** Gives both permits back, also where judging the call runs out of memory or stack: it counts as a failure then. */
    Outcome end(
            @Nullable BreakerPermit permit,
            @Nullable BulkheadPermit place,
            long startedAt,
            long endedAt,
            @Nullable Object result,
            @Nullable Throwable thrown) {
        try {
            return end(permit, startedAt, endedAt, result, thrown);
        } finally {
            release(place, startedAt, endedAt);
        }
    }

    /** Ends the breaker's permit with what the result says. */
    Outcome end(
            @Nullable BreakerPermit permit,
            long startedAt,
            long endedAt,
            @Nullable Object result,
            @Nullable Throwable thrown) {
        Outcome outcome = Outcome.FAILURE;
        try {
            outcome = classified(result, thrown);
            return outcome;
        } finally {
            if (breaker != null && permit != null) {
                breaker.end(permit, outcome, startedAt, endedAt, thrown == null ? result : thrown);
            }
        }
    }

    /** Ends the breaker's permit with an outcome that is no failure. */
    void endAs(Outcome outcome, @Nullable BreakerPermit permit, long startedAt, long endedAt) {
        if (breaker != null && permit != null) {
            breaker.end(permit, outcome, startedAt, endedAt, null);
        }
    }

    /** Ends the breaker's permit of a call whose time is over. */
    void expire(@Nullable BreakerPermit permit, Outcome outcome, long startedAt, long now) {
        if (breaker != null && permit != null) {
            breaker.expire(permit, outcome, startedAt, now);
        }
    }

    /** Gives back a place that was used. */
    void release(@Nullable BulkheadPermit place, long startedAt, long endedAt) {
        if (bulkhead != null && place != null) {
            bulkhead.release(place, startedAt, endedAt);
        }
    }

    /** Gives back what was not used. */
    void giveBack(@Nullable BreakerPermit permit, @Nullable BulkheadPermit place) {
        if (breaker != null && permit != null) {
            breaker.giveBack(permit);
        }
        if (bulkhead != null && place != null) {
            bulkhead.giveBack(place);
        }
    }

    /** Tells what a result says about the dependency. */
    Outcome classified(@Nullable Object result, @Nullable Throwable thrown) {
        if (breaker != null) {
            return thrown == null ? breaker.classifyResult(result) : breaker.classifyThrown(thrown);
        }
        if (thrown == null) {
            return Outcome.SUCCESS;
        }
        return Causes.isCancellation(Causes.unwrapped(thrown)) ? Outcome.CANCELLED : Outcome.FAILURE;
    }

    /** Returns what the caller gets of a call whose time is over. */
    RuntimeException expiry(long limit, boolean byDeadline) {
        return byDeadline
                ? new DeadlineExceededException(
                        name(), DeadlineExceededException.Stage.RUNNING, environment.stackTraces())
                : new CallTimeoutException(name(), limit);
    }

    private Name name() {
        return breaker != null
                ? breaker.name()
                : Objects.requireNonNull(bulkhead).name();
    }
}
