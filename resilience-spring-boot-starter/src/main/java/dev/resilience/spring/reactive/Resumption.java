package dev.resilience.spring.reactive;

import dev.resilience.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * What to go on with when a guarded subscription was refused or failed: another publisher, or an error. Not asked when the caller gave
 * up ({@link Outcome#CANCELLED}).
 *
 * @param <T> what the publisher emits
 */
@FunctionalInterface
public interface Resumption<T> {

    /**
     * Returns what to go on with, or throws.
     *
     * @param thrown what the guard or the publisher failed with
     * @param outcome what that says about the dependency; null if the guard refused the subscription
     */
    Publisher<? extends T> resume(Throwable thrown, @Nullable Outcome outcome) throws Throwable;
}
