package dev.resilience.sample.provider;

import java.time.Duration;

/**
 * How the provider treats its callers.
 *
 * @param failureRate percent of requests that are answered with 500
 * @param latency how long every answer takes
 * @param hang whether no answer comes at all, until the behaviour changes
 */
record Behaviour(double failureRate, Duration latency, boolean hang) {

    static final Behaviour HEALTHY = new Behaviour(0, Duration.ZERO, false);

    Behaviour {
        if (!(failureRate >= 0 && failureRate <= 100)) {
            throw new IllegalArgumentException("Invalid failureRate (" + failureRate + "): must be 0 to 100 percent");
        }
        if (latency.isNegative() || latency.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("Invalid latency (" + latency + "): must be 0 to 1 minute");
        }
    }
}
