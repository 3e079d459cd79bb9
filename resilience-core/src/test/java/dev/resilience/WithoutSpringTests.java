package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide to the core without Spring shows a program that compiles, and what it really prints. */
class WithoutSpringTests {

    private static final Path GUIDE = Path.of("../docs/without-spring.md");
    private static final Path PROGRAM = Path.of("src/test/java/dev/resilience/WithoutSpring.java");

    @Test
    void isShownInTheGuideAsItIs() throws IOException {
        assertThat(Files.readString(GUIDE)).contains("```java\n" + Files.readString(PROGRAM) + "```");
    }

    @Test
    void printsWhatTheGuideSays() throws IOException {
        String shown = Files.readString(GUIDE);

        // The open interval has jitter, so the time to the next probe differs from run to run.
        assertThat(withoutTimes(shown)).contains("```\n" + withoutTimes(output()) + "```");
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("\\d+\\.\\d s", "n s");
    }

    private static String output() {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            WithoutSpring.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
