package dev.resilience.breaker;

import dev.resilience.InvalidSettingException;
import java.time.Duration;

/**
 * How a breaker finds its way back.
 *
 * @param probes outcomes on which it is judged, at least 1
 * @param probeTimeout a probe without an outcome after this counts as a failure, above 0 and at most 365 days
 * @param ramp time over which the admitted share of calls grows after the probes passed, 0 (all at once) to 365 days
 */
public record HalfOpenConfig(int probes, Duration probeTimeout, Duration ramp) {

    /** Five probes of at most 30 seconds, no ramp. */
    public static final HalfOpenConfig DEFAULTS = new HalfOpenConfig(5, Duration.ofSeconds(30), Duration.ZERO);

    /** @throws InvalidSettingException if a value is out of its range */
    public HalfOpenConfig {
        InvalidSettingException.require(probes >= 1, "half-open.probes", probes, "must be at least 1");
        InvalidSettingException.requirePositive(probeTimeout, "half-open.probe-timeout");
        InvalidSettingException.requireNotNegative(ramp, "half-open.ramp");
    }
}
