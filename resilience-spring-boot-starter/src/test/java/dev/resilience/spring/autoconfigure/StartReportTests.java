package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a person reads whose application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class StartReportTests {

    @TempDir
    private Path directory;

    private void start(String yaml, String... arguments) throws IOException {
        Path file = Files.writeString(directory.resolve("application.yml"), yaml);
        SpringApplication application = new SpringApplication(Shop.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[0] = "--spring.config.location=" + file;
        assertThatThrownBy(() -> application.run(all).close()).isInstanceOf(RuntimeException.class);
    }

    private String withoutDirectory(CapturedOutput output) {
        return output.toString().replace(directory.toString(), "").replace(System.lineSeparator(), "\n");
    }

    @Test
    void namesFileAndLineOfAWrongValue(CapturedOutput output) throws IOException {
        start("resilience:\n  breakers:\n    payments:\n      failure-rate: 150\n");
        assertThat(withoutDirectory(output)).contains("""
                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                Invalid configuration under 'resilience':

                    Property: resilience.breakers.payments.failure-rate
                    Value: "150"
                    Origin: URL [file:/application.yml] - 4:21
                    Reason: must be above 0 and at most 100 percent

                Action:

                Correct the property.
                """);
    }

    @Test
    void namesFileAndLineOfAnUnknownKey(CapturedOutput output) throws IOException {
        start("resilience:\n  breakers:\n    payments:\n      failure-rat: 50\n");
        assertThat(withoutDirectory(output)).contains("""
                    Property: resilience.breakers.payments.failure-rat
                    Origin: URL [file:/application.yml] - 4:20
                    Reason: unknown; did you mean 'failure-rate'?
                """);
    }

    @Test
    void namesAnUnknownKeyOfTheCommandLine(CapturedOutput output) throws IOException {
        start("", "--resilience.breakers.payments.failure-rat=50");
        assertThat(withoutDirectory(output)).contains("""
                    Property: resilience.breakers.payments.failure-rat
                    Origin: "resilience.breakers.payments.failure-rat" from property source "commandLineArgs"
                    Reason: unknown; did you mean 'failure-rate'?
                """);
    }

    @Test
    void namesAWrongValueOfTheSwitchItself(CapturedOutput output) throws IOException {
        start("resilience.enabled: perhaps");
        assertThat(withoutDirectory(output))
                .contains("Property: resilience.enabled\n    Value: \"perhaps\"", "Reason: must be true or false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "deadline.max ; 0 ; must be a duration above 0 and at most 365d",
                "deadline.max ; soon ; must be a duration above 0 and at most 365d",
                "deadline.header ; X Request ; must be a header name as RFC 9110 has it: 1 to 100 letters, digits and !#$%&'*+.^_`|~-",
                "retry.budget ; 101 ; must be 0 to 100 percent",
                "retry.budget ; many ; must be 0 to 100"
            })
    void namesAWrongValueOfACapability(String key, String value, String reason, CapturedOutput output)
            throws IOException {
        start("resilience:\n  " + key + ": " + value + "\n");
        assertThat(withoutDirectory(output)).contains("""
                Invalid configuration under 'resilience':

                    Property: resilience.%s
                    Value: "%s"
                    Origin: URL [file:/application.yml] - 2:%d
                    Reason: %s

                Action:

                Correct the property.
                """.formatted(key, value, key.length() + 5, reason));
    }

    @Test
    void namesAWrongValueAlsoWhereBeansAreLazy(CapturedOutput output) throws IOException {
        start("spring.main.lazy-initialization: true\nresilience.breakers.payments.failure-rate: 150\n");
        assertThat(withoutDirectory(output)).contains("Reason: must be above 0 and at most 100 percent");
    }

    @ImportAutoConfiguration({
        GuardRetryAutoConfiguration.class,
        IncomingRequestsAutoConfiguration.class,
        OutgoingRequestsAutoConfiguration.class,
        ResilienceAutoConfiguration.class,
        GuardAopAutoConfiguration.class,
        GuardHealthAutoConfiguration.class,
        GuardMetricsAutoConfiguration.class
    })
    static class Shop {}
}
