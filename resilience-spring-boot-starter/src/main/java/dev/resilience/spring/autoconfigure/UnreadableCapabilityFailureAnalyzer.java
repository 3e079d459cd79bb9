package dev.resilience.spring.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Reports a setting of a single capability that cannot be read as {@link InvalidConfigurationFailureAnalyzer} does those of guards. The
 * records of capabilities are bound by Spring Boot, whose own report says less; so this comes first.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableCapabilityFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private final @Nullable Environment environment;

    UnreadableCapabilityFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException unreadable) {
        if (!unreadable.getName().toString().startsWith(KnownKeys.ROOT + ".")
                || !(environment instanceof ConfigurableEnvironment configurable)) {
            return null;
        }
        Problem problem = problem(unreadable, configurable);
        return new InvalidConfigurationFailureAnalyzer()
                .analyze(rootFailure, new InvalidConfigurationException(List.of(problem)));
    }

    private Problem problem(BindException unreadable, ConfigurableEnvironment configurable) {
        InvalidConfigurationPropertyValueException invalid =
                findCause(unreadable, InvalidConfigurationPropertyValueException.class);
        KnownKeys keys = new KnownKeys(KnownKeys.RECORDS);
        WrittenProperties written = new WrittenProperties(configurable, keys);
        if (invalid == null) {
            return ConfigurationReader.problem(unreadable, written, keys);
        }
        WrittenSource.Written found = written.find(invalid.getName().substring(KnownKeys.ROOT.length() + 1), null);
        String reason = String.valueOf(invalid.getReason());
        return found == null
                ? new Problem(invalid.getName(), String.valueOf(invalid.getValue()), null, reason)
                : found.problem(reason);
    }
}
