package dev.resilience.benchmarks.sustained;

import dev.resilience.benchmarks.report.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/** Measures one scenario with one subject and prints JSON: {@code Sustained <scenario> <subject>}. */
public final class Sustained {

    private Sustained() {}

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        Scenario scenario = Scenario.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Subject subject = Subject.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        List<Latency> latencies = run(scenario, subject, TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(4));
        System.out.println(JsonMapper.shared().writeValueAsString(latencies));
    }

    static List<Latency> run(Scenario scenario, Subject subject, long warmup, long measured)
            throws InterruptedException, ExecutionException {
        List<Latency> all = new ArrayList<>();
        new Callers(scenario, subject).run(warmup, measured).forEach((ending, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                all.add(latency(scenario, subject, ending, histogram));
            }
        });
        return all;
    }

    private static Latency latency(Scenario scenario, Subject subject, Callers.Ending ending, Histogram histogram) {
        return new Latency(
                lower(scenario),
                lower(subject),
                lower(ending),
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
