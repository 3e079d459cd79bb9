package dev.resilience.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What one run of {@code wrk} got.
 *
 * @param statuses answers by HTTP status
 * @param errors connections that failed, and answers that did not come
 */
record Wrk(Map<Integer, Long> statuses, long errors) {

    static final int CONNECTIONS = 24;

    /** Starts a run; {@code soak.lua} says what {@code who} asks for. */
    static CompletableFuture<Wrk> start(String url, String who, long seed, Duration length) throws IOException {
        URL script = Objects.requireNonNull(Wrk.class.getResource("/soak.lua"));
        Path output = Files.createTempFile("wrk", ".txt");
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "--threads=2",
                        "--connections=" + CONNECTIONS,
                        "--timeout=20s",
                        "--duration=" + length.toSeconds() + "s",
                        "--script=" + Path.of(script.getPath()),
                        url,
                        "--",
                        who,
                        Long.toString(seed))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return wrk.onExit().thenApply(ended -> parse(taken(output)));
    }

    private static String taken(Path output) {
        try {
            String text = Files.readString(output);
            Files.delete(output);
            return text;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Wrk parse(String output) {
        Map<Integer, Long> statuses = new TreeMap<>();
        long errors = 0;
        for (String line : output.lines().toList()) {
            String[] words = line.split(" ", -1);
            if (line.startsWith("status ")) {
                statuses.merge(Integer.valueOf(words[1]), Long.valueOf(words[2]), Long::sum);
            } else if (line.startsWith("error ")) {
                errors += Long.parseLong(words[2]);
            }
        }
        if (statuses.isEmpty()) {
            throw new IllegalStateException("wrk got no answer:\n" + output);
        }
        return new Wrk(statuses, errors);
    }

    Wrk plus(Wrk other) {
        Map<Integer, Long> sum = new TreeMap<>(statuses);
        other.statuses.forEach((status, count) -> sum.merge(status, count, Long::sum));
        return new Wrk(sum, errors + other.errors);
    }

    long answers() {
        return statuses.values().stream().mapToLong(Long::longValue).sum();
    }
}
