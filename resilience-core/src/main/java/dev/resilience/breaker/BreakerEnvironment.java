package dev.resilience.breaker;

import dev.resilience.GuardEnvironment;
import java.util.List;

/**
 * What breakers get from their surroundings.
 *
 * @param guard what they have in common with other guards
 * @param classifiers asked in this order ahead of the configured exceptions
 * @param standard asked after the configured exceptions and before the rule that every exception is a failure
 * @param listener hears of every transition
 * @param retryAfter knows how long a dependency that failed asked to be left alone
 */
public record BreakerEnvironment(
        GuardEnvironment guard,
        List<BreakerFailureClassifier> classifiers,
        BreakerFailureClassifier standard,
        BreakerListener listener,
        RetryAfterRule retryAfter) {

    /** The clocks of this machine, no classifiers, no listener, and nothing known of what a dependency asks for. */
    public static final BreakerEnvironment DEFAULT = new BreakerEnvironment(
            GuardEnvironment.DEFAULT, List.of(), (result, thrown) -> null, transition -> {}, thrown -> null);

    /** Copies the list. */
    public BreakerEnvironment {
        classifiers = List.copyOf(classifiers);
    }

    /** Returns a copy with another {@code guard}. */
    public BreakerEnvironment withGuard(GuardEnvironment other) {
        return new BreakerEnvironment(other, classifiers, standard, listener, retryAfter);
    }

    /** Returns a copy with other {@code classifiers}. */
    public BreakerEnvironment withClassifiers(List<BreakerFailureClassifier> others) {
        return new BreakerEnvironment(guard, others, standard, listener, retryAfter);
    }

    /** Returns a copy with another {@code standard}. */
    public BreakerEnvironment withStandard(BreakerFailureClassifier other) {
        return new BreakerEnvironment(guard, classifiers, other, listener, retryAfter);
    }

    /** Returns a copy with another {@code listener}. */
    public BreakerEnvironment withListener(BreakerListener other) {
        return new BreakerEnvironment(guard, classifiers, standard, other, retryAfter);
    }

    /** Returns a copy with another {@code retryAfter}. */
    public BreakerEnvironment withRetryAfter(RetryAfterRule other) {
        return new BreakerEnvironment(guard, classifiers, standard, listener, other);
    }
}
