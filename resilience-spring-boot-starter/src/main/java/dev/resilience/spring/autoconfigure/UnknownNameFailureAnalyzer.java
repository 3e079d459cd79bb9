package dev.resilience.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a name in an annotation that must be configured and is not. */
final class UnknownNameFailureAnalyzer extends AbstractFailureAnalyzer<UnknownNameException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownNameException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
