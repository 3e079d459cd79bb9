package dev.resilience.sample.provider;

import java.time.Duration;

/**
 * How the provider treats its callers.
 *
 * @param failureRate percent of requests that are answered with 500
 * @param latency how long every answer takes
 * @param hang whether no answer comes at all, until the behaviour changes
 * @param failures how many requests are still to be answered with 500, whatever the rate
 */
record Behaviour(double failureRate, Duration latency, boolean hang, int failures) {

    static final Behaviour HEALTHY = new Behaviour(0, Duration.ZERO, false, 0);

    Behaviour {
        if (!(failureRate >= 0 && failureRate <= 100)) {
            throw new IllegalArgumentException("Invalid failureRate (" + failureRate + "): must be 0 to 100 percent");
        }
        if (latency.isNegative() || latency.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("Invalid latency (" + latency + "): must be 0 to 1 minute");
        }
        if (failures < 0) {
            throw new IllegalArgumentException("Invalid failures (" + failures + "): must be at least 0");
        }
    }

    Behaviour afterFailure() {
        return new Behaviour(failureRate, latency, hang, failures - 1);
    }
}
