package dev.resilience.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsTests {

    @TempDir
    private Path directory;

    private Measurements measurements;

    @BeforeEach
    void twoRounds() throws IOException {
        write("round-1-threads-1", "ResilienceCore.countWindow", 1, "[60, 64, 62]", 0);
        write("round-2-threads-1", "ResilienceCore.countWindow", 1, "[70, 74, 72]", 8);
        write("round-1-threads-2", "Floor.twoClockReads", 2, "[50]", 0);
        measurements = Measurements.read(directory);
    }

    private void write(String file, String benchmark, int threads, String iterations, int bytes) throws IOException {
        Files.writeString(directory.resolve(file + ".json"), """
                [{"benchmark": "dev.resilience.benchmarks.core.%s", "threads": %d,
                  "primaryMetric": {"rawData": [%s]},
                  "secondaryMetrics": {"gc.alloc.rate.norm": {"score": %d}}}]
                """.formatted(benchmark, threads, iterations, bytes));
    }

    @Test
    void bringsTheRoundsOfABenchmarkTogether() {
        Series series = measurements.of("ResilienceCore.countWindow", 1);

        assertThat(series.rounds()).containsExactly(List.of(60.0, 64.0, 62.0), List.of(70.0, 74.0, 72.0));
        assertThat(series.median()).isEqualTo(67);
        assertThat(series.lowest()).isEqualTo(60);
    }

    @Test
    void pairsRoundsByTheirMediansWhereThereAreSeveral() {
        assertThat(measurements.of("ResilienceCore.countWindow", 1).samples()).containsExactly(62.0, 72.0);
    }

    @Test
    void pairsIterationsWhereThereIsOneRound() {
        assertThat(measurements.of("Floor.twoClockReads", 2).samples()).containsExactly(50.0);
    }

    @Test
    void tellsTheMostBytesOfAnyRound() {
        assertThat(measurements.of("ResilienceCore.countWindow", 1).bytes()).isEqualTo(8);
    }

    @Test
    void keepsThreadCountsApart() {
        assertThat(measurements.threads()).containsExactly(1, 2);
        assertThat(measurements.of("ResilienceCore.countWindow", 2)).isNull();
    }

    @Test
    void addsUpTheCostOfAGoal() {
        Sample cost = Cost.of("ResilienceCore.countWindow")
                .plus(0.5, "ResilienceCore.countWindow")
                .plusNanos(100)
                .in(measurements, 1);

        assertThat(cost).isEqualTo(new Sample(200.5, List.of(193.0, 208.0)));
    }

    @Test
    void writesNothingOfWhatWasNotMeasured() throws IOException {
        Results results = new Results(Machine.here(), "today", "./benchmarks/run", measurements, List.of());

        assertThat(new MarkdownReport(results).write())
                .contains("| **ours, count window** | 67.0 (60.0) |")
                .doesNotContain("Sentinel")
                .doesNotContain("null");
    }

    @Test
    void writesLatenciesInMicroseconds() throws IOException {
        Latency latency = new Latency("closed", "resilience", "answered", 3, 1_500, 20_000, 300_000, 4_000_000);
        Results results = new Results(Machine.here(), "today", "./benchmarks/run", measurements, List.of(latency));

        assertThat(new MarkdownReport(results).write())
                .contains("| closed | resilience | answered | 3 | 1.5 | 20.0 | 300 | 4000 |");
    }
}
