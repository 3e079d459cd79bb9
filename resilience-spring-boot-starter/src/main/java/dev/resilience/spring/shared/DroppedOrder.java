package dev.resilience.spring.shared;

import dev.resilience.Name;
import org.jspecify.annotations.Nullable;

/**
 * An order that was held back while the store was away, and that no process obeys any more: the fleet has had a newer one.
 *
 * @param breaker which one it was for
 * @param order what it was: {@code FORCED_OPEN}, {@code FORCED_CLOSED}, {@code AUTO} or {@code RESET}
 * @param by who gave it; null if that is not known
 */
public record DroppedOrder(
        Name breaker, String order, @Nullable String by) {}
