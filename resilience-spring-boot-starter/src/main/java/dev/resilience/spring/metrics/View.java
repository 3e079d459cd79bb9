package dev.resilience.spring.metrics;

/**
 * What the meters of a guard show at one moment, alone or summed over several guards.
 *
 * @param <V> this type
 */
interface View<V> {

    /** Returns the sum of both. */
    V plus(V other);

    /** Returns whether calls are under way. */
    boolean isBusy();

    /** Returns what stays in the sum when the guard is gone: its counts, and nothing of the moment. */
    V remains();
}
