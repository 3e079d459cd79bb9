package dev.resilience.benchmarks.footprint;

import dev.resilience.benchmarks.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Measures what guards take besides time, each figure in JVMs of their own, and writes it as {@code footprint.md} and {@code footprint.json}. */
public final class Footprint {

    private static final String IDLE = "idle instances, each called once; B each";

    /** How many breakers are read in all, which bounds the time. */
    private static final int MOST_READ = 2_000_000;

    private final Length length;
    private final Path directory;
    private final Goals goals = new Goals();

    /**
     * How much to measure.
     *
     * @param instances how many idle instances to weigh
     * @param readings how many keyed breakers to read
     * @param starts how often each application is started
     * @param scrapes how often the meters are scraped
     * @param loadSeconds how long the load lasts; 0 for none
     */
    record Length(List<Integer> instances, List<Integer> readings, int starts, int scrapes, int loadSeconds) {

        /** Each part once, to see that it works. */
        static final Length SMOKE = new Length(List.of(50), List.of(50), 1, 2, 0);

        static final Length QUICK = new Length(List.of(10_000), List.of(1_000, 10_000), 2, 30, 5);
        static final Length FULL =
                new Length(List.of(1_000, 10_000, 100_000), List.of(1_000, 10_000, 100_000), 10, 200, 30);

        /** Returns how many instances the goals are about: 10,000 where that is measured. */
        int judged() {
            return instances.contains(10_000) ? 10_000 : instances.get(0);
        }

        static Length of(String name) {
            return switch (name) {
                case "quick" -> QUICK;
                case "full" -> FULL;
                default -> throw new IllegalArgumentException("Neither quick nor full: " + name);
            };
        }
    }

    Footprint(Length length, Path directory) {
        this.length = length;
        this.directory = directory;
    }

    /** Measures; the arguments are a directory for the results, {@code quick} or {@code full}, and the command that asks for it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path results = Files.createDirectories(Path.of(arguments[0]));
        Length length = Length.of(arguments[1]);
        Footprint footprint = new Footprint(length, Files.createDirectories(results.resolve("applications")));
        List<Report> reports = footprint.measure();
        String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
        Files.writeString(results.resolve("footprint.md"), footprint.markdown(reports, date, arguments[2]));
        Files.writeString(results.resolve("footprint.json"), footprint.json(reports, date, arguments[2]));
    }

    String markdown(List<Report> reports, String date, String command) throws IOException {
        Machine machine = Machine.here();
        return "Machine: " + machine + "  \nJDK: " + machine.jdk() + "  \nDate: " + date + "  \nCommand: `" + command
                + "`\n\n" + goals.markdown() + "\n"
                + reports.stream().map(Report::markdown).collect(Collectors.joining("\n"));
    }

    String json(List<Report> reports, String date, String command) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", Machine.here());
        all.put("date", date);
        all.put("command", command);
        all.put("goals", goals.data());
        all.put("tables", reports.stream().map(Report::data).toList());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    List<Report> measure() throws IOException, InterruptedException {
        List<Report> reports = new ArrayList<>();
        reports.add(memory());
        reports.add(allReadings());
        reports.add(readings());
        reports.add(scrape());
        reports.add(new StartUp(directory, length.starts()).measure(goals));
        if (length.loadSeconds() > 0 && Load.isPossible()) {
            reports.add(new Load(directory, length.loadSeconds()).measure());
        } else if (length.loadSeconds() > 0) {
            System.err.println("Left out: the load, because there is no wrk. Install it (Debian: apt-get install wrk)");
        }
        return reports;
    }

    private Report memory() throws IOException, InterruptedException {
        List<String> columns = new ArrayList<>(List.of(IDLE));
        length.instances().forEach(count -> columns.add(shown(count)));
        Report report = new Report("Memory", columns);
        for (IdleInstances.Kind kind : IdleInstances.Kind.values()) {
            List<Double> bytes = new ArrayList<>();
            for (int count : length.instances()) {
                bytes.add(child(IdleInstances.class, kind.name(), String.valueOf(count))
                        .getOrDefault("bytes", Double.NaN));
            }
            report.add(kind.title(), bytes.toArray(new Double[0]));
        }
        String column = shown(length.judged());
        goals.add(
                "an idle breaker of " + column + ", its meters summed by name",
                1024,
                "B",
                report.figure(IdleInstances.Kind.BREAKERS_WITH_METERS.title(), column));
        return report;
    }

    private Report allReadings() throws IOException, InterruptedException {
        Report report = new Report(
                "One reading of all breakers of a name, without HTTP",
                List.of("keyed breakers", "snapshots, ms", "scrape, ms", "the scrape of one breaker, ms"));
        for (int count : length.instances()) {
            Map<String, Double> figures =
                    child(AllReadings.class, "" + count, "" + Math.min(length.scrapes(), MOST_READ / count));
            report.add(
                    shown(count),
                    figures.getOrDefault("snapshots", Double.NaN),
                    figures.getOrDefault("scrape", Double.NaN),
                    figures.getOrDefault("scrape of one", Double.NaN));
        }
        String judged = shown(length.judged());
        goals.add("a reading of " + judged + " breakers, snapshots", 10, "ms", report.figure(judged, "snapshots, ms"));
        goals.add("a reading of " + judged + " breakers, scrape", 10, "ms", report.figure(judged, "scrape, ms"));
        return report;
    }

    private static String shown(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private Report readings() throws IOException, InterruptedException {
        Report report = new Report(
                "One reading over HTTP", List.of("keyed breakers, and what is read", "first, ms", "median, ms", "KiB"));
        for (int count : length.readings()) {
            read(Subject.STARTER, count, List.of("guards", "guards/breakers/payments", "prometheus"), report);
        }
        for (int count :
                length.readings().subList(0, Math.min(2, length.readings().size()))) {
            read(Subject.RESILIENCE4J, count, List.of("circuitbreakers", "prometheus"), report);
        }
        return report;
    }

    private static void read(Subject subject, int count, List<String> paths, Report report)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(subject.name(), String.valueOf(count)));
        arguments.addAll(paths);
        Map<String, Double> figures = ChildJvm.of(
                        subject.classPath(), Readings.class.getName(), arguments.toArray(new String[0]))
                .run();
        for (String path : paths) {
            report.add(
                    String.format(Locale.ROOT, "%,d, %s: /actuator/%s", count, subject.title(), path),
                    figures.getOrDefault(path + " first", Double.NaN),
                    figures.getOrDefault(path + " ms", Double.NaN),
                    figures.getOrDefault(path + " KiB", Double.NaN));
        }
    }

    private Report scrape() throws IOException, InterruptedException {
        int names = Math.min(1_000, length.readings().get(0));
        Map<String, Double> figures = child(Scrapes.class, String.valueOf(names), String.valueOf(length.scrapes()));
        double guards = figures.getOrDefault("guards", Double.NaN);
        double numbers = figures.getOrDefault("numbers", Double.NaN);
        Report report = new Report(
                "One scrape of " + names + " names of breakers, against as many meters of plain numbers",
                List.of("meters", "ms", "ratio"));
        report.add("of breakers", guards, guards / numbers);
        report.add("of plain numbers", numbers, 1.0);
        goals.add("a scrape of " + names + " breakers, against Micrometer's own meters", 1.5, "x", guards / numbers);
        return report;
    }

    private static Map<String, Double> child(Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        return ChildJvm.of(System.getProperty("java.class.path"), main.getName(), arguments)
                .run();
    }
}
