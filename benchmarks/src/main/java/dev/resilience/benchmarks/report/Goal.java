package dev.resilience.benchmarks.report;

import org.jspecify.annotations.Nullable;

/**
 * A figure that is aimed at.
 *
 * @param figure what is measured
 * @param goal the aim in words
 * @param limit how large the ratio may be, or how small where {@code atLeast}
 * @param measured the ratio with so many threads
 */
record Goal(String figure, String goal, double limit, boolean atLeast, Measured measured) {

    /** How a goal's figure is read. */
    @FunctionalInterface
    interface Measured {

        /** Returns the ratio; null if it was not measured, or the goal says nothing of so many threads. */
        @Nullable
        Ratio in(Measurements measurements, int threads);
    }

    static Goal atMost(double limit, String figure, String goal, Measured measured) {
        return new Goal(figure, goal, limit, false, measured);
    }

    static Goal atLeast(double limit, String figure, String goal, Measured measured) {
        return new Goal(figure, goal, limit, true, measured);
    }

    /** Returns whether the ratio is one that was aimed at, and whether its whole error bar says the same. */
    Verdict judge(Ratio ratio) {
        boolean met = keeps(ratio.value());
        return new Verdict(met, met == keeps(ratio.low()) && met == keeps(ratio.high()));
    }

    private boolean keeps(double value) {
        return atLeast ? value >= limit : value <= limit;
    }

    /** Whether a goal was met, and whether that is beyond the error. */
    record Verdict(boolean met, boolean sure) {

        @Override
        public String toString() {
            return (met ? "met" : "**missed**") + (sure ? "" : " (within the error)");
        }
    }
}
