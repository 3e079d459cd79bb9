package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.autoconfigure.ResilienceAutoConfiguration;
import java.util.Objects;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Failed starts, as Spring Boot reports them. */
final class Failures {

    private Failures() {}

    static void assertFailure(ApplicationContextRunner runner, String description, String action) {
        runner.run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).isEqualTo(description);
            assertThat(analysis.getAction()).isEqualTo(action);
        });
    }

    private static FailureAnalysis analysis(Throwable failure) {
        assertThat(failure).as("failure of the start").isNotNull();
        return SpringFactoriesLoader.forDefaultResourceLocation(Failures.class.getClassLoader())
                .load(FailureAnalyzer.class, (type, name, unloadable) -> {})
                .stream()
                .filter(analyzer ->
                        analyzer.getClass().getPackage().equals(ResilienceAutoConfiguration.class.getPackage()))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No analysis", failure));
    }
}
