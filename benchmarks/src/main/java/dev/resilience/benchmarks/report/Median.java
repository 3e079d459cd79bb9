package dev.resilience.benchmarks.report;

import java.util.List;

/** The middle of some values. */
final class Median {

    private Median() {}

    /** Returns the middle one, or the mean of the two in the middle. */
    static double of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
