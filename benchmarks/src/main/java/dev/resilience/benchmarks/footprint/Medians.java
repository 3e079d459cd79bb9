package dev.resilience.benchmarks.footprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of several runs. */
final class Medians {

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    void add(Map<String, Double> run) {
        run.forEach((name, figure) ->
                figures.computeIfAbsent(name, each -> new ArrayList<>()).add(figure));
    }

    /** Returns the middle of how much larger a figure is here than in the runs of another, pair by pair. */
    double above(Medians other, String name) {
        List<Double> here = figures.getOrDefault(name, List.of());
        List<Double> there = other.figures.getOrDefault(name, List.of());
        Medians differences = new Medians();
        for (int run = 0; run < Math.min(here.size(), there.size()); run++) {
            differences.add(Map.of(name, here.get(run) - there.get(run)));
        }
        return differences.of(name);
    }

    /** Returns the middle of a figure's runs, the lower of two; not a number where there was none. */
    double of(String name) {
        List<Double> sorted =
                figures.getOrDefault(name, List.of()).stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
    }
}
