package dev.resilience.breaker;

import dev.resilience.InvalidSettingException;
import dev.resilience.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What opens a breaker. A rate is reached when 100 x part is at least rate x whole.
 *
 * @param minimumCalls rates say nothing before so many outcomes are in the window, at least 1
 * @param failureRate percent of calls that failed or timed out, above 0 and at most 100
 * @param slowCallDuration a call at least this long is slow, above 0 and at most 365 days; null: only a timeout is, and the
 *     slow-call rate is not judged
 * @param slowCallRate percent of slow calls, above 0 and at most 100
 * @param saturationRate percent of attempts that the guard's own bulkhead refused, above 0 and at most 100; null: not judged
 * @param consecutiveFailures so many failures in a row, at least 1, whatever the rate and {@code minimumCalls}; null: not judged
 */
public record TripConfig(
        int minimumCalls,
        double failureRate,
        @Nullable Duration slowCallDuration,
        double slowCallRate,
        @Nullable Double saturationRate,
        @Nullable Integer consecutiveFailures) {

    /** Half of at least ten calls failed. */
    public static final TripConfig DEFAULTS = new TripConfig(10, 50, null, 80, null, null);

    private static final String RATE = "must be above 0 and at most 100 percent";

    /** @throws InvalidSettingException if a value is out of its range */
    public TripConfig {
        InvalidSettingException.require(minimumCalls >= 1, "minimum-calls", minimumCalls, "must be at least 1");
        InvalidSettingException.require(isRate(failureRate), "failure-rate", failureRate, RATE);
        if (slowCallDuration != null) {
            InvalidSettingException.requirePositive(slowCallDuration, "slow-call-duration");
        }
        InvalidSettingException.require(isRate(slowCallRate), "slow-call-rate", slowCallRate, RATE);
        InvalidSettingException.require(
                saturationRate == null || isRate(saturationRate), "saturation-rate", saturationRate, RATE);
        InvalidSettingException.require(
                consecutiveFailures == null || consecutiveFailures >= 1,
                "consecutive-failures",
                consecutiveFailures,
                "must be at least 1");
    }

    private static boolean isRate(double percent) {
        return percent > 0 && percent <= 100;
    }

    /** Returns whether a call that ended so after so long counts as slow. */
    boolean isSlow(Outcome outcome, long nanos) {
        if (outcome == Outcome.TIMEOUT) {
            return true;
        }
        return outcome != Outcome.IGNORED && nanos >= slowNanos();
    }

    /** Returns from how many nanoseconds on a call is slow, {@link Long#MAX_VALUE} if none is for its duration. */
    long slowNanos() {
        return slowCallDuration == null ? Long.MAX_VALUE : slowCallDuration.toNanos();
    }

    /** Returns whether a call that ended so after so long is taken into a window, or says nothing. */
    boolean isTelling(Outcome outcome, long nanos) {
        return outcome != Outcome.IGNORED && (outcome != Outcome.CANCELLED || isSlow(outcome, nanos));
    }

    /** Returns whether so many failures of so many calls reach {@code failureRate}, exactly so. */
    public boolean isFailureRateReached(long failures, long calls) {
        return Trip.isReached(failures, calls, failureRate);
    }

    /** Returns whether so many slow ones of so many calls reach {@code slowCallRate}, exactly so; never if it is not judged. */
    public boolean isSlowCallRateReached(long slow, long calls) {
        return slowCallDuration != null && Trip.isReached(slow, calls, slowCallRate);
    }

    /** Returns a copy with another {@code minimumCalls}. */
    public TripConfig withMinimumCalls(int calls) {
        return new TripConfig(calls, failureRate, slowCallDuration, slowCallRate, saturationRate, consecutiveFailures);
    }

    /** Returns a copy with another {@code failureRate}. */
    public TripConfig withFailureRate(double percent) {
        return new TripConfig(
                minimumCalls, percent, slowCallDuration, slowCallRate, saturationRate, consecutiveFailures);
    }

    /** Returns a copy that judges slow calls: at least so long, from so many percent on. */
    public TripConfig withSlowCalls(Duration duration, double percent) {
        return new TripConfig(minimumCalls, failureRate, duration, percent, saturationRate, consecutiveFailures);
    }

    /** Returns a copy with another {@code saturationRate}. */
    public TripConfig withSaturationRate(@Nullable Double percent) {
        return new TripConfig(minimumCalls, failureRate, slowCallDuration, slowCallRate, percent, consecutiveFailures);
    }

    /** Returns a copy with another {@code consecutiveFailures}. */
    public TripConfig withConsecutiveFailures(@Nullable Integer failures) {
        return new TripConfig(minimumCalls, failureRate, slowCallDuration, slowCallRate, saturationRate, failures);
    }
}
