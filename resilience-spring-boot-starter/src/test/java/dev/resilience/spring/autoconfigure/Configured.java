package dev.resilience.spring.autoconfigure;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Applications that are configured by what a test writes into a file or the environment. */
final class Configured {

    static final ApplicationContextRunner BY_NOTHING =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class));

    private Configured() {}

    /** Returns an application with an {@code application.yml}. */
    static ApplicationContextRunner by(String yaml) {
        return BY_NOTHING.withInitializer(context -> addFile(context, yaml));
    }

    private static void addFile(ConfigurableApplicationContext context, String yaml) {
        try {
            ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml");
            List<PropertySource<?>> documents = new YamlPropertySourceLoader().load("application.yml", file);
            documents.forEach(context.getEnvironment().getPropertySources()::addLast);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** Returns an application with environment variables, in the form {@code NAME=value}. */
    static ApplicationContextRunner byVariables(String... variables) {
        return variables(BY_NOTHING, variables);
    }

    /** Adds environment variables, in the form {@code NAME=value}, to an application. */
    static ApplicationContextRunner variables(ApplicationContextRunner runner, String... variables) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String variable : variables) {
            String[] parts = variable.split("=", 2);
            map.put(parts[0], parts[1]);
        }
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        return runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, map)));
    }

    static BreakerConfig breaker(ApplicationContext context, String name) {
        return context.getBean(BreakerRegistry.class).get(name).config();
    }

    static BulkheadConfig bulkhead(ApplicationContext context, String name) {
        return context.getBean(BulkheadRegistry.class).get(name).config();
    }

    /** Returns the report on a start that failed, as an application prints it. */
    static FailureAnalysis report(AssertableApplicationContext context) {
        Throwable failure = context.getStartupFailure();
        Assertions.assertThat(failure).as("the start fails").isNotNull();
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, thrown) -> {
                    // Boot's own analyzers need more of the context than there is.
                })
                .stream()
                .filter(analyzer -> analyzer.getClass().getName().startsWith("dev.resilience"))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No analyzer knows this failure", failure));
    }

    /** Returns the description of the report on the start of an application. */
    static String description(ApplicationContextRunner runner) {
        StringBuilder description = new StringBuilder();
        runner.run(context -> description.append(report(context).getDescription()));
        return description.toString().replace(System.lineSeparator(), "\n");
    }
}
