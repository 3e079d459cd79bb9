package dev.resilience.benchmarks.footprint;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JVM for one measurement, which prints its figures as {@code name=number}, each in a line that begins with {@link #FIGURE}.
 *
 * @param classPath of the JVM
 * @param options of the JVM
 * @param main class to run
 * @param arguments of its main method
 */
record ChildJvm(String classPath, List<String> options, String main, List<String> arguments) {

    private static final String FIGURE = "figure ";
    private static final int LINES_SHOWN = 40;

    /** Returns one of this class path with the defaults of the JVM. */
    static ChildJvm of(String classPath, String main, String... arguments) {
        return new ChildJvm(classPath, List.of("-Xmx2g"), main, List.of(arguments));
    }

    ChildJvm with(String... more) {
        return new ChildJvm(
                classPath, Stream.concat(options.stream(), Stream.of(more)).toList(), main, arguments);
    }

    ChildJvm withClasses(Path... directories) {
        String own = String.join(
                File.pathSeparator, Stream.of(directories).map(Path::toString).toList());
        return withClassPath(own + File.pathSeparator + classPath);
    }

    ChildJvm withClassPath(String other) {
        return new ChildJvm(other, options, main, arguments);
    }

    /** Prints a figure, in the JVM that measures. */
    static void print(String name, double figure) {
        System.out.println(FIGURE + name + "=" + figure);
    }

    Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /**
     * Runs it to its end.
     *
     * @return its figures
     * @throws IllegalStateException if it failed
     */
    Map<String, Double> run() throws IOException, InterruptedException {
        Process process = start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = output.lines().toList();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(main + " " + arguments + " ended with " + exit + ":\n" + last(lines));
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            lines.forEach(line -> figure(line).ifPresent(each -> figures.put(each.getKey(), each.getValue())));
            return figures;
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        } finally {
            process.destroy();
        }
    }

    /** Returns the figure in a line of output, if there is one. */
    static Optional<Map.Entry<String, Double>> figure(String line) {
        int equals = line.lastIndexOf('=');
        return line.startsWith(FIGURE) && equals > 0
                ? Optional.of(
                        Map.entry(line.substring(FIGURE.length(), equals), Double.valueOf(line.substring(equals + 1))))
                : Optional.empty();
    }

    private static String last(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
