package dev.resilience.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes results for programs. */
final class JsonReport {

    private final Results results;

    JsonReport(Results results) {
        this.results = results;
    }

    String write() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", results.machine());
        all.put("date", results.date());
        all.put("command", results.command());
        all.put("goals", goals());
        all.put("benchmarks", benchmarks());
        all.put("latencies", results.latencies());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private List<Object> goals() {
        List<Object> goals = new ArrayList<>();
        for (Goal goal : Goals.ALL) {
            for (int threads : results.measurements().threads()) {
                Ratio ratio = goal.measured().in(results.measurements(), threads);
                if (ratio != null) {
                    goals.add(new Judged(goal.figure(), goal.goal(), threads, ratio, goal.judge(ratio)));
                }
            }
        }
        return goals;
    }

    private List<Object> benchmarks() {
        List<Object> benchmarks = new ArrayList<>();
        for (int threads : results.measurements().threads()) {
            results.measurements()
                    .all(threads)
                    .forEach((name, series) -> benchmarks.add(new Measured(
                            name, threads, series.median(), series.lowest(), series.bytes(), series.rounds())));
        }
        return benchmarks;
    }

    private record Judged(String figure, String goal, int threads, Ratio measured, Goal.Verdict verdict) {}

    private record Measured(
            String benchmark, int threads, double median, double lowest, double bytes, List<List<Double>> rounds) {}
}
