package dev.resilience.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What JMH wrote down, a file for each round, number of threads and layer. */
final class Measurements {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<Integer, Map<String, Series>> byThreads = new TreeMap<>();

    static Measurements read(Path directory) throws IOException {
        Measurements all = new Measurements();
        if (!Files.isDirectory(directory)) {
            return all;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                for (JsonNode result : JsonMapper.shared().readTree(file)) {
                    all.add(result);
                }
            }
        }
        return all;
    }

    private void add(JsonNode result) {
        String path = result.get("benchmark").asString();
        String benchmark = path.substring(path.lastIndexOf('.', path.lastIndexOf('.') - 1) + 1);
        Series earlier = byThreads
                .computeIfAbsent(result.get("threads").asInt(), threads -> new TreeMap<>())
                .getOrDefault(benchmark, new Series(List.of(), 0));
        List<List<Double>> rounds = new ArrayList<>(earlier.rounds());
        for (JsonNode fork : result.get("primaryMetric").get("rawData")) {
            rounds.add(fork.valueStream().map(JsonNode::asDouble).toList());
        }
        double bytes =
                result.get("secondaryMetrics").get(ALLOCATED).get("score").asDouble();
        byThreads
                .get(result.get("threads").asInt())
                .put(benchmark, new Series(rounds, Math.max(earlier.bytes(), bytes)));
    }

    /** Returns with how many threads was measured. */
    SortedSet<Integer> threads() {
        return new TreeSet<>(byThreads.keySet());
    }

    /** Returns what was measured; null if nothing was. */
    @Nullable
    Series of(String benchmark, int threads) {
        return byThreads.getOrDefault(threads, Map.of()).get(benchmark);
    }

    Map<String, Series> all(int threads) {
        return byThreads.getOrDefault(threads, Map.of());
    }
}
