package dev.resilience.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes results for people. */
final class MarkdownReport {

    private static final double MICROS = 1e3;

    private final Results results;
    private final Measurements measurements;
    private final List<Integer> threads;
    private final StringBuilder text = new StringBuilder();

    MarkdownReport(Results results) {
        this.results = results;
        this.measurements = results.measurements();
        this.threads = List.copyOf(measurements.threads());
    }

    String write() {
        line("Machine: " + results.machine() + "  ");
        line("JDK: " + results.machine().jdk() + "  ");
        line("Date: " + results.date() + "  ");
        line("Command: `" + results.command() + "`");
        goals();
        Table.ALL.forEach(this::table);
        pairs();
        latencies();
        return text.toString();
    }

    private void goals() {
        heading("What we aim at");
        row(Stream.of("figure", "goal", "threads", "measured", ""));
        row(Stream.of("---", "---", "---", "---", "---"));
        for (Goal goal : Goals.ALL) {
            for (int count : threads) {
                Ratio ratio = goal.measured().in(measurements, count);
                if (ratio != null) {
                    row(Stream.of(goal.figure(), goal.goal(), "" + count, cell(ratio), "" + goal.judge(ratio)));
                }
            }
        }
    }

    private void table(Table table) {
        List<Table.Row> rows =
                table.rows().stream().filter(row -> isMeasured(row.benchmark())).toList();
        if (rows.isEmpty()) {
            return;
        }
        heading(table.title());
        row(Stream.of(
                        Stream.of("ns an operation: median (lowest)"),
                        threads.stream().map(MarkdownReport::threads),
                        threads.stream().map(count -> "x the floor, " + threads(count)),
                        Stream.of("B/op", "does less"))
                .flatMap(each -> each));
        row(Stream.generate(() -> "---").limit(3 + 2L * threads.size()));
        for (Table.Row row : rows) {
            row(Stream.of(
                            Stream.of(row.label()),
                            threads.stream().map(count -> nanos(measurements.of(row.benchmark(), count))),
                            threads.stream()
                                    .map(count ->
                                            cell(Goals.ratio(row.benchmark(), table.reference(), measurements, count))),
                            Stream.of(bytes(row.benchmark()), row.less()))
                    .flatMap(each -> each));
        }
    }

    private boolean isMeasured(String benchmark) {
        return threads.stream().anyMatch(count -> measurements.of(benchmark, count) != null);
    }

    private void pairs() {
        heading("Beside each peer");
        row(Stream.concat(
                Stream.of("ours / the peer's", "peer times its calls"),
                threads.stream().flatMap(count -> Stream.of(threads(count), "faster"))));
        row(Stream.generate(() -> "---").limit(2 + 2L * threads.size()));
        for (Pair pair : Pair.ALL) {
            if (!isMeasured(pair.ours()) || !isMeasured(pair.peer())) {
                continue;
            }
            row(Stream.concat(
                    Stream.of(pair.row(), pair.timed() ? "yes" : "no"),
                    threads.stream()
                            .map(count -> Goals.ratio(pair.ours(), pair.peer(), measurements, count))
                            .flatMap(ratio -> Stream.of(cell(ratio), faster(ratio)))));
        }
    }

    private static String faster(@Nullable Ratio ratio) {
        if (ratio == null) {
            return "";
        }
        return (ratio.value() < 1 ? "yes" : "**no**")
                + (ratio.low() < 1 == ratio.high() < 1 ? "" : " (within the error)");
    }

    private void latencies() {
        if (results.latencies().isEmpty()) {
            return;
        }
        heading("Latency at a fixed rate of arrivals, in microseconds");
        row(Stream.of("scenario", "guard", "calls", "number", "p50", "p99", "p99.9", "max"));
        row(Stream.generate(() -> "---").limit(8));
        for (Latency latency : results.latencies()) {
            row(Stream.concat(
                    Stream.of(latency.scenario(), latency.subject(), latency.outcome(), "" + latency.calls()),
                    Stream.of(latency.p50(), latency.p99(), latency.p999(), latency.max())
                            .map(nanos -> number(nanos / MICROS))));
        }
    }

    private void heading(String title) {
        line("");
        line("### " + title);
        line("");
    }

    private void row(Stream<String> cells) {
        line(cells.collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String threads(int count) {
        return count + (count == 1 ? " thread" : " threads");
    }

    private static String nanos(@Nullable Series series) {
        return series == null ? "" : number(series.median()) + " (" + number(series.lowest()) + ")";
    }

    private String bytes(String benchmark) {
        return threads.stream()
                .map(count -> measurements.of(benchmark, count))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .map(series -> String.format(Locale.ROOT, "%.0f", series.bytes()))
                .orElse("");
    }

    private static String cell(@Nullable Ratio ratio) {
        if (ratio == null) {
            return "";
        }
        String value = String.format(Locale.ROOT, "%.2f", ratio.value());
        return ratio.low() == ratio.high()
                ? value
                : String.format(Locale.ROOT, "%s [%.2f, %.2f]", value, ratio.low(), ratio.high());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }
}
