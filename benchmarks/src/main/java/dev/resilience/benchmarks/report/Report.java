package dev.resilience.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code performance.md} and {@code performance.json}: {@code Report <results directory> <command>}. */
public final class Report {

    private Report() {}

    /** Writes what is in the directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Results results = new Results(
                Machine.here(),
                Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
                arguments[1],
                Measurements.read(directory.resolve("jmh")),
                latencies(directory.resolve("sustained")));
        Files.writeString(directory.resolve("performance.md"), new MarkdownReport(results).write());
        Files.writeString(directory.resolve("performance.json"), new JsonReport(results).write());
    }

    private static List<Latency> latencies(Path directory) throws IOException {
        List<Latency> all = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    all.addAll(List.of(JsonMapper.shared().readValue(Files.readString(file), Latency[].class)));
                }
            }
        }
        return all;
    }
}
