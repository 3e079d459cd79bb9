package dev.resilience.breaker;

/**
 * Hears of a breaker's transitions, outside of any lock, on the thread of whoever caused them.
 *
 * <p>Two transitions in quick succession may be heard in either order: the generation tells. A listener that throws is logged and
 * changes nothing.
 */
@FunctionalInterface
public interface BreakerListener {

    /** Called once for each entry into a state. */
    void onTransition(Transition transition);
}
