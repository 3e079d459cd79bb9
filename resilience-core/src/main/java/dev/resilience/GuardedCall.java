package dev.resilience;

import org.jspecify.annotations.Nullable;

/**
 * A call that a guard makes with an argument, so that no object need be made for each call.
 *
 * @param <A> what it is called with
 * @param <R> what it returns
 * @param <X> what it throws
 */
@FunctionalInterface
public interface GuardedCall<A, R extends @Nullable Object, X extends Throwable> {

    /** Makes the call. */
    R call(A argument) throws X;
}
