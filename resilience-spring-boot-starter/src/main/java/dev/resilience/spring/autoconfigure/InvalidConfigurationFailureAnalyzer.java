package dev.resilience.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports what is wrong under {@code resilience}, and where it is written, in place of a stack trace. */
final class InvalidConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
        String action = cause.problems().size() == 1
                ? "Correct the property."
                : "Correct the " + cause.problems().size() + " properties.";
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
    }
}
