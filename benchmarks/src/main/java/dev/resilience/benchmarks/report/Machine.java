package dev.resilience.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What was measured on.
 *
 * @param memory of the machine, in MiB; 0 if unknown
 */
public record Machine(String processor, int cores, long memory, String system, String jdk) {

    private static final long KIB_A_MIB = 1024;

    /** Returns this machine, and the JDK of this process. */
    public static Machine here() throws IOException {
        return new Machine(
                after(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(after(Path.of("/proc/meminfo"), "MemTotal", "0 kB")
                                .replace(" kB", ""))
                        / KIB_A_MIB,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + " ("
                        + System.getProperty("java.vendor") + ")");
    }

    private static String after(Path file, String key, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    @Override
    public String toString() {
        return processor + ", " + cores + " cores, " + memory + " MiB, " + system;
    }
}
