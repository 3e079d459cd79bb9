package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/**
 * What an operator ordered for a breaker before it was made: it begins with these.
 *
 * @param override what lies over its configuration
 * @param force holds it open or closed; null: nothing does. Has no effect where the mode is off
 */
public record BreakerOrders(
        BreakerOverride override, @Nullable Force force) {

    /** Nothing was ordered. */
    public static final BreakerOrders NONE = new BreakerOrders(BreakerOverride.NONE, null);
}
