package dev.resilience.breaker;

import dev.resilience.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the result of a call says about the health of what was called, ahead of the exceptions that the configuration
 * names.
 *
 * <p>Called once for each permitted call, on its thread and under no lock; must be safe for use by many threads. One that throws
 * is logged and has no opinion.
 */
@FunctionalInterface
public interface BreakerFailureClassifier {

    /**
     * Returns the outcome, or null for no opinion: the next classifier and then the configuration decide.
     *
     * @param result what the call returned; null if it threw, or returned nothing
     * @param thrown what the call threw, unwrapped ({@code ExecutionException} and its like are taken off); null if it returned
     */
    @Nullable
    Outcome classify(@Nullable Object result, @Nullable Throwable thrown);

    /** Returns whether the breakers of this name are judged by this classifier; all are by default. */
    default boolean appliesTo(String name) {
        return true;
    }
}
