package dev.resilience.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs all benchmarks in rounds: {@code Comparison <results directory> quick|full <regular expression>}. */
public final class Comparison {

    private final Path directory;
    private final Plan plan;
    private final String only;

    private Comparison(Path directory, Plan plan, String only) {
        this.directory = directory;
        this.plan = plan;
        this.only = only;
    }

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        Path directory = Files.createDirectories(Path.of(arguments[0]).resolve("jmh"));
        new Comparison(directory, Plan.of(arguments[1].equals("quick")), arguments[2]).run();
    }

    private void run() throws RunnerException {
        List<Integer> threadCounts = Plan.threads();
        Map<Layer, Integer> benchmarks = benchmarks();
        int all = benchmarks.values().stream().mapToInt(Integer::intValue).sum();
        Duration measuring = benchmarks.entrySet().stream()
                .map(layer -> plan.of(layer.getKey(), layer.getValue(), threadCounts.size()))
                .reduce(Duration.ZERO, Duration::plus);
        System.out.println(all + " benchmarks with " + threadCounts + " threads in " + plan.rounds() + " rounds: "
                + measuring.toSeconds() + " s of measuring, and the starts of "
                + all * threadCounts.size() * plan.rounds() + " virtual machines");
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int threads : threadCounts) {
                System.out.println("round " + round + ", threads " + threads);
                for (Layer layer : benchmarks.keySet()) {
                    new Runner(options(round, threads, layer)).run();
                }
            }
        }
    }

    /** Returns how many benchmarks are to be run, of those layers that have any. */
    private Map<Layer, Integer> benchmarks() {
        Map<Layer, Integer> benchmarks = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            int number = BenchmarkList.defaultList()
                    .find(
                            OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                            List.of(only),
                            List.of(layer.others()))
                    .size();
            if (number > 0) {
                benchmarks.put(layer, number);
            }
        }
        return benchmarks;
    }

    private Options options(int round, int threads, Layer layer) {
        return new OptionsBuilder()
                .include(only)
                .exclude(layer.others())
                .forks(1)
                .threads(threads)
                .warmupIterations(plan.warmups(layer))
                .warmupTime(plan.warmupTime())
                .measurementIterations(plan.iterations())
                .measurementTime(plan.iterationTime())
                .jvmArgsAppend(quiet())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .resultFormat(ResultFormatType.JSON)
                .result(directory
                        .resolve("round-" + round + "-threads-" + threads + "-" + layer + ".json")
                        .toString())
                .build();
    }

    /** Newer virtual machines warn of what JMH 1.37 calls. */
    private static String[] quiet() {
        return Runtime.version().feature() < 23
                ? new String[0]
                : new String[] {"--sun-misc-unsafe-memory-access=allow"};
    }
}
