package dev.resilience.registry;

import dev.resilience.Name;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.Force;

/**
 * Hears of orders for all breakers of a name, those to come among them.
 *
 * <p>Called before any breaker has the order, under a lock of the name: an instance that begins with a force is made after this was
 * called. It must be quick, must not throw and must not call the registry.
 */
public interface FamilyOrderListener {

    /** Called when the breakers of a name are about to be held open or closed. */
    void forced(Name name, Force force);

    /** Called when their force is about to be ended, whether or not any has one. */
    void released(Name name, Attribution by);

    /** Called when they are about to be reset. */
    void reset(Name name, Attribution by);

    /** Called, without a lock, when one of these orders has been given to each of them; of two at once in either order. */
    void given(Name name);
}
