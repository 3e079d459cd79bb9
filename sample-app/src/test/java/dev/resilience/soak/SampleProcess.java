package dev.resilience.soak;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sample in a process of its own, so that heap, threads and log are its alone. */
final class SampleProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on ports (\\d+)");

    private final Process process;
    private final Path log;

    private SampleProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it with its log in a file, and returns when it listens. */
    static SampleProcess start(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SoakApplication.class.getName(),
                "--server.port=0",
                "--provider.port=0",
                "--shop.traffic=0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        SampleProcess sample = new SampleProcess(builder.start(), log);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> sample.log().stream()
                        .anyMatch(line -> PORT.matcher(line).find()));
        return sample;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    int port() throws IOException {
        return log().stream()
                .map(PORT::matcher)
                .filter(Matcher::find)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    /** Returns what the JDK's tool for diagnoses says. */
    String jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }
}
