package dev.resilience.benchmarks.footprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is aimed at, and whether it was reached. */
final class Goals {

    private final List<Goal> goals = new ArrayList<>();

    private record Goal(String figure, double below, String unit, double measured) {

        String verdict() {
            return measured < below ? "met" : "**missed**";
        }
    }

    void add(String figure, double below, String unit, double measured) {
        goals.add(new Goal(figure, below, unit, measured));
    }

    String markdown() {
        StringBuilder table =
                new StringBuilder("### What we aim at\n\n| figure | below | measured | |\n| --- | --- | --- | --- |\n");
        for (Goal goal : goals) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s %s | %s %s | %s |%n",
                    goal.figure,
                    Report.shown(goal.below),
                    goal.unit,
                    Report.shown(goal.measured),
                    goal.unit,
                    goal.verdict()));
        }
        return table.toString();
    }

    /** Returns the same for a JSON document. */
    List<Map<String, Object>> data() {
        List<Map<String, Object>> data = new ArrayList<>();
        for (Goal goal : goals) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("figure", goal.figure);
            each.put("below", goal.below);
            each.put("unit", goal.unit);
            each.put("measured", goal.measured);
            each.put("met", goal.measured < goal.below);
            data.add(each);
        }
        return data;
    }
}
