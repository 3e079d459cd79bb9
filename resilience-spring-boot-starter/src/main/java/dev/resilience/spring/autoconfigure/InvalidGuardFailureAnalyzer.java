package dev.resilience.spring.autoconfigure;

import dev.resilience.spring.aop.InvalidGuardException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an annotation that cannot be made into a guard. */
final class InvalidGuardFailureAnalyzer extends AbstractFailureAnalyzer<InvalidGuardException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidGuardException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
