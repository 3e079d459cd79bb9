package dev.resilience;

import org.jspecify.annotations.Nullable;

/**
 * What to do instead when a guarded call was refused or ended with an exception: return another result, or throw.
 *
 * <p>Not asked when the caller gave up ({@link Outcome#CANCELLED}).
 *
 * @param <A> what the guarded call was called with
 * @param <R> what it returns
 * @param <X> what it throws
 */
@FunctionalInterface
public interface Recovery<A, R extends @Nullable Object, X extends Throwable> {

    /**
     * Returns the result of the whole, or throws.
     *
     * @param thrown what the guard or the call threw
     * @param outcome what that says about the dependency; null if the guard refused the call
     */
    R recover(A argument, Throwable thrown, @Nullable Outcome outcome) throws X;
}
