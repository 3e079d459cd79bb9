package dev.resilience.spring.actuate;

import dev.resilience.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator changed.
 *
 * @param guard {@code breaker} or {@code bulkhead}
 * @param from what held before, {@code CLOSED} or {@code CLOSED, mode=enforce}
 * @param to what holds now, in the same form
 * @param expiry when it ends by itself; null if it does not
 */
record Change(
        String guard,
        Name name,
        String from,
        String to,
        @Nullable String reason,
        @Nullable Instant expiry) {

    /** Returns the state, if one is given, and the settings of these keys. */
    static String described(@Nullable Enum<?> state, Collection<String> keys, Map<String, @Nullable Object> config) {
        List<String> parts = new ArrayList<>();
        if (state != null) {
            parts.add(state.name());
        }
        keys.forEach(key -> parts.add(key + "=" + config.get(key)));
        return String.join(", ", parts);
    }
}
