package dev.resilience.benchmarks.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A ratio of two medians with its error bar.
 *
 * @param low the lowest ratio of what was measured in the same round, or in the same iteration if there was one round only
 * @param high the highest one
 */
record Ratio(double value, double low, double high) {

    /** Returns the ratio; null if either was not measured. */
    static @Nullable Ratio of(@Nullable Sample over, @Nullable Sample under) {
        if (over == null || under == null) {
            return null;
        }
        double value = over.median() / under.median();
        List<Double> ratios = IntStream.range(
                        0, Math.min(over.moments().size(), under.moments().size()))
                .mapToObj(moment -> over.moments().get(moment) / under.moments().get(moment))
                .toList();
        return new Ratio(value, Math.min(value, Collections.min(ratios)), Math.max(value, Collections.max(ratios)));
    }

    /** Returns a value that has no error bar. */
    static Ratio exactly(double value) {
        return new Ratio(value, value, value);
    }
}
