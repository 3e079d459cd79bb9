package dev.resilience.registry;

/**
 * Hears of guards that a registry made, configured and dropped.
 *
 * <p>Called in the order in which it happens, under a lock of the guard's name: it must be quick and must not call the registry. One that
 * throws is logged and changes nothing.
 *
 * @param <T> kind of guard
 */
public interface InstanceListener<T> {

    /** Called when a guard was made. */
    void added(T instance);

    /** Called when a guard was given another configuration by its registry. */
    default void configured(T instance) {}

    /** Called when a keyed guard was dropped to make room for another. */
    void dropped(T instance);
}
