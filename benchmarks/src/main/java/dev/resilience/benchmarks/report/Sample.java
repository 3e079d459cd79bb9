package dev.resilience.benchmarks.report;

import java.util.List;

/**
 * What a cost came to.
 *
 * @param median of all that was measured
 * @param moments what may be paired with that of another cost, because it was measured at about the same time
 */
record Sample(double median, List<Double> moments) {

    Sample times(double factor) {
        return new Sample(
                median * factor, moments.stream().map(moment -> moment * factor).toList());
    }
}
