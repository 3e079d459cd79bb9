package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/**
 * Who gave an order to a breaker, and why; for display.
 *
 * @param by null if that is not known
 * @param reason in the words of whoever gave it; null if nothing was said
 */
public record Attribution(@Nullable String by, @Nullable String reason) {

    /** Of an order of which nobody is known, and of what nobody ordered. */
    public static final Attribution NONE = new Attribution(null, null);
}
