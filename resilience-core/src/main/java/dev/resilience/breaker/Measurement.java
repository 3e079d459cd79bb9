package dev.resilience.breaker;

import dev.resilience.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one stretch of time said, and whether that is enough to open the breaker. As a permit it stands for any call
 * admitted in that stretch. Guarded by the breaker's lock.
 */
final class Measurement extends BreakerPermit {

    private WindowSize size;
    private CallWindow calls;
    private @Nullable CallWindow attempts;
    private int failuresInARow;

    Measurement(BreakerConfig config, long now) {
        size = config.window();
        calls = CallWindow.of(size, now);
        attempts = attempts(config, now);
    }

    private static @Nullable CallWindow attempts(BreakerConfig config, long now) {
        return config.trip().saturationRate() == null ? null : CallWindow.of(config.window(), now);
    }

    /**
     * Takes in how a call ended.
     *
     * @return the finding that opens the breaker, the first that holds in the order of the contract, or null
     */
    @Nullable
    Trip record(Outcome outcome, long nanos, long now, BreakerConfig config) {
        if (!config.trip().isTelling(outcome, nanos)) {
            return null;
        }
        calls.add(outcome.isFailure(), config.trip().isSlow(outcome, nanos), nanos, now);
        if (attempts != null) {
            attempts.add(false, false, 0, now);
        }
        if (outcome != Outcome.CANCELLED) {
            failuresInARow = outcome.isFailure() ? failuresInARow + 1 : 0;
        }
        return judge(config);
    }

    /** Takes in successes that were counted aside because they could decide nothing. */
    void addSuccesses(long count, long nanos) {
        calls.addSuccesses(count, nanos);
        if (attempts != null) {
            attempts.addSuccesses(count, 0);
        }
        failuresInARow = count > 0 ? 0 : failuresInARow;
    }

    /**
     * Returns whether a success that is not slow can decide nothing before {@link #steadyUntil}, right after an outcome was judged:
     * it only makes a rate smaller, unless it completes the calls from which on there is one.
     */
    boolean isDecided(BreakerConfig config) {
        int from = config.judgedFrom();
        boolean areCallsDecided = calls.calls() >= from || (calls.bad() == 0 && calls.slow() == 0);
        return areCallsDecided && (attempts == null || attempts.calls() >= from || attempts.bad() == 0);
    }

    /** Returns until when time alone changes nothing here. */
    long steadyUntil() {
        long end = calls.steadyUntil();
        if (attempts == null) {
            return end;
        }
        long other = attempts.steadyUntil();
        return other - end < 0 ? other : end;
    }

    /** Takes in that the guard's bulkhead refused a call: only saturation is judged by it. */
    @Nullable
    Trip recordRefusal(long now, BreakerConfig config) {
        if (attempts == null) {
            return null;
        }
        attempts.add(true, false, 0, now);
        return saturation(attempts, config);
    }

    /** Starts over where the window's kind or size is another one than so far; everything else of a configuration leaves the counts. */
    void fit(BreakerConfig config, long now) {
        boolean another = !config.window().equals(size);
        if (another) {
            size = config.window();
            calls = CallWindow.of(size, now);
        }
        if (another || attempts == null || config.trip().saturationRate() == null) {
            attempts = attempts(config, now);
        }
        // a shorter ramp may have ended before now: what is told of that is the same whether or not somebody has read
        // since
        forget(now);
    }

    private void forget(long now) {
        calls.forget(now);
        if (attempts != null) {
            attempts.forget(now);
        }
    }

    private @Nullable Trip judge(BreakerConfig config) {
        TripConfig trip = config.trip();
        if (trip.consecutiveFailures() != null && failuresInARow >= trip.consecutiveFailures()) {
            return new Trip(
                    TransitionReason.CONSECUTIVE_FAILURES, failuresInARow, failuresInARow, trip.consecutiveFailures());
        }
        if (calls.calls() >= config.judgedFrom()) {
            if (Trip.isReached(calls.bad(), calls.calls(), trip.failureRate())) {
                return new Trip(TransitionReason.FAILURE_RATE, calls.bad(), calls.calls(), trip.failureRate());
            }
            if (trip.slowCallDuration() != null && Trip.isReached(calls.slow(), calls.calls(), trip.slowCallRate())) {
                return new Trip(TransitionReason.SLOW_CALL_RATE, calls.slow(), calls.calls(), trip.slowCallRate());
            }
        }
        return attempts == null ? null : saturation(attempts, config);
    }

    private static @Nullable Trip saturation(CallWindow attempts, BreakerConfig config) {
        Double threshold = config.trip().saturationRate();
        if (threshold == null
                || attempts.calls() < config.judgedFrom()
                || !Trip.isReached(attempts.bad(), attempts.calls(), threshold)) {
            return null;
        }
        return new Trip(TransitionReason.SATURATION, attempts.bad(), attempts.calls(), threshold);
    }

    WindowSnapshot snapshot(long now, BreakerConfig config) {
        forget(now);
        int from = config.judgedFrom();
        return new WindowSnapshot(
                calls.calls(),
                calls.bad(),
                calls.slow(),
                attempts == null ? 0 : attempts.bad(),
                percent(calls.bad(), calls.calls(), from),
                percent(calls.slow(), calls.calls(), from),
                attempts == null ? null : percent(attempts.bad(), attempts.calls(), from),
                Duration.ofNanos(calls.averageNanos()));
    }

    private static @Nullable Double percent(long part, long whole, int from) {
        return whole < from ? null : 100.0 * part / whole;
    }
}
