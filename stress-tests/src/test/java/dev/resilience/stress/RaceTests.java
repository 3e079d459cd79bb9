package dev.resilience.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs jcstress in a process of its own, which ends with a status other than 0 where it saw a forbidden end, a hang or a crash.
 *
 * <p>On one JDK only: the builds on others would take minutes to tell the same.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class RaceTests {

    private static final List<Class<?>> QUICK = List.of(
            CountsInATimeWindow.class,
            EvictionAgainstGrant.class,
            GrowingAgainstRelease.class,
            HalfOpenBound.class,
            SuccessesFillTheMinimum.class,
            TimerAgainstCompletion.class);

    @Test
    void endAsTheContractAllows() throws Exception {
        race(QUICK.stream().map(Class::getName).toList(), Duration.ofMinutes(6));
    }

    @Tag("thorough")
    @Test
    void allEndAsTheContractAllows() throws Exception {
        race(List.copyOf(TestList.tests()), Duration.ofMinutes(40));
    }

    private static void race(List<String> tests, Duration patience) throws Exception {
        Path report = Files.createDirectories(Path.of("target", "jcstress"));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "-v",
                "-m",
                "quick",
                "-iters",
                "3",
                // both sides of a race compiled in the same way, which takes a quarter of the time
                "-sc",
                "false",
                "-r",
                ".",
                "-t",
                tests.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(", ")$")));
        Path log = report.resolve("jcstress.log");
        Process process = new ProcessBuilder(command)
                .directory(report.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String output = Files.readString(log);
        assertThat(ended).as("a race hangs: %s", output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(tests)
                .as(output)
                .isNotEmpty()
                .allSatisfy(test -> assertThat(output).contains("[OK] " + test));
    }
}
