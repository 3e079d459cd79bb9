package dev.resilience.breaker;

import dev.resilience.InvalidSettingException;
import java.time.Duration;

/**
 * How long an open breaker rejects: {@code duration} x {@code multiplier} ^ streak, at most {@code maxDuration}, spread by
 * {@code jitter} to both sides.
 *
 * @param duration the first interval, above 0 and at most 365 days
 * @param multiplier growth from one interval to the next, 1 to 100
 * @param maxDuration bound of the growth, at least {@code duration} and at most 365 days
 * @param jitter percent, 0 to 100, by which an interval is at most longer or shorter
 */
public record OpenConfig(Duration duration, double multiplier, Duration maxDuration, double jitter) {

    /** 30 seconds, doubling up to 5 minutes, 20 percent of jitter. */
    public static final OpenConfig DEFAULTS = new OpenConfig(Duration.ofSeconds(30), 2, Duration.ofMinutes(5), 20);

    /** @throws InvalidSettingException if a value is out of its range */
    public OpenConfig {
        InvalidSettingException.requirePositive(duration, "open.duration");
        InvalidSettingException.require(
                multiplier >= 1 && multiplier <= 100, "open.multiplier", multiplier, "must be 1 to 100");
        InvalidSettingException.requirePositive(maxDuration, "open.max-duration");
        InvalidSettingException.require(
                maxDuration.compareTo(duration) >= 0,
                "open.max-duration",
                maxDuration,
                "must be at least open.duration (" + duration + ")");
        InvalidSettingException.require(
                jitter >= 0 && jitter <= 100, "open.jitter", jitter, "must be 0 to 100 percent");
    }
}
