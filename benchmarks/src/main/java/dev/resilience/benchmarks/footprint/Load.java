package dev.resilience.benchmarks.footprint;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets {@code wrk} load the same application with each subject, and reads what that leaves to the collector. */
final class Load {

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern SLOWEST = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final int CLIENTS = 16;

    private final Path directory;
    private final int seconds;

    Load(Path directory, int seconds) {
        this.directory = directory;
        this.seconds = seconds;
    }

    /** Returns whether there is a {@code wrk} on the path. */
    static boolean isPossible() {
        try {
            new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start().destroy();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    Report measure() throws IOException, InterruptedException {
        Report report = new Report(
                "Under load: " + CLIENTS + " clients for " + seconds + " s, G1, 256 MiB",
                List.of(
                        "subject",
                        "requests/s",
                        "99 %, ms",
                        "allocated, B/request",
                        "allocated, MiB/s",
                        "pauses",
                        "pauses, ms",
                        "longest, ms"));
        for (Subject subject : Subject.values()) {
            add(subject, report);
        }
        return report;
    }

    private void add(Subject subject, Report report) throws IOException, InterruptedException {
        Path log = directory.resolve("gc-" + subject.name() + ".log");
        Process shop = ChildJvm.of(subject.classPath(), Shop.class.getName())
                .with("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC", "-Xlog:gc:file=" + log + ":uptime")
                .start();
        try (BufferedReader output = shop.inputReader(StandardCharsets.UTF_8)) {
            String address = "http://127.0.0.1:" + port(output) + "/quote";
            wrk(address, Math.max(1, seconds / 3));
            int before = Files.readAllLines(log).size();
            String told = wrk(address, seconds);
            List<String> lines = Files.readAllLines(log);
            GcLog collected = GcLog.of(lines, before);
            double requests = figure(REQUESTS, told);
            report.add(
                    subject.title(),
                    figure(RATE, told),
                    slowest(told),
                    collected.allocatedMiB() * 1024 * 1024 / requests,
                    collected.allocatedMiB() / seconds,
                    (double) collected.pauses(),
                    collected.pauseMillis(),
                    collected.longestMillis());
        } finally {
            shop.getOutputStream().close();
            if (!shop.waitFor(20, TimeUnit.SECONDS)) {
                shop.destroyForcibly();
            }
        }
    }

    private static int port(BufferedReader output) throws IOException {
        for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
            Optional<Double> port = ChildJvm.figure(line).map(figure -> figure.getValue());
            if (port.isPresent()) {
                return port.get().intValue();
            }
        }
        throw new IllegalStateException("The application did not start");
    }

    private static String wrk(String address, int seconds) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder("wrk", "-t1", "-c" + CLIENTS, "-d" + seconds + "s", "--latency", address)
                .redirectErrorStream(true)
                .start();
        String told = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || FAILED.matcher(told).find()) {
            throw new IllegalStateException("The load failed:\n" + told);
        }
        return told;
    }

    private static double slowest(String told) {
        Matcher slowest = SLOWEST.matcher(told);
        if (!slowest.find()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(slowest.group(1));
        return switch (slowest.group(2)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        };
    }

    private static double figure(Pattern pattern, String told) {
        Matcher figure = pattern.matcher(told);
        return figure.find() ? Double.parseDouble(figure.group(1)) : Double.NaN;
    }
}
