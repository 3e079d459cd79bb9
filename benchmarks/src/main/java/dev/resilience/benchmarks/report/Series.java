package dev.resilience.benchmarks.report;

import java.util.Collections;
import java.util.List;

/**
 * What one benchmark measured with one number of threads.
 *
 * @param rounds nanoseconds an operation, by round and by iteration
 * @param bytes bytes allocated by an operation, at most
 */
record Series(List<List<Double>> rounds, double bytes) {

    double median() {
        return Median.of(all());
    }

    double lowest() {
        return Collections.min(all());
    }

    /** Returns what may be paired with what another benchmark measured at about the same time: rounds, or iterations of the only one. */
    List<Double> samples() {
        return rounds.size() == 1
                ? rounds.get(0)
                : rounds.stream().map(Median::of).toList();
    }

    private List<Double> all() {
        return rounds.stream().flatMap(List::stream).toList();
    }
}
