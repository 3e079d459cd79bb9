package dev.resilience.spring.shared;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Values that a scenario gives names to, and how it writes a value that it expects. */
final class ScenarioNames {

    private final Map<String, Long> values = new HashMap<>();
    private final LongSupplier now;

    ScenarioNames(LongSupplier now) {
        this.now = now;
    }

    void put(String name, long value) {
        values.put(name, value);
    }

    /** Returns a value as it is to be written into the store: {@code now}, {@code $name}, both also with a sum; or as it stands. */
    String resolved(Object written) {
        String text = String.valueOf(written);
        return text.matches("(now|\\$\\w+)([+-]\\d+)?") ? Long.toString(number(text)) : text;
    }

    private long number(String text) {
        int sign = Math.max(text.indexOf('+'), text.indexOf('-'));
        String name = sign < 0 ? text : text.substring(0, sign);
        long rest = sign < 0 ? 0 : Long.parseLong(text.substring(sign));
        return rest + (name.equals("now") ? now.getAsLong() : values.get(name.substring(1)));
    }

    /** Returns whether a value is the expected one, or, where that begins with {@code >} or {@code <}, is above or below it. */
    boolean match(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof List<?> list) {
            return actual instanceof List<?> others
                    && list.stream()
                            .map(String::valueOf)
                            .toList()
                            .equals(others.stream().map(String::valueOf).toList());
        }
        String text = String.valueOf(expected);
        if (actual instanceof Long value && (text.startsWith(">") || text.startsWith("<"))) {
            long bound = Long.parseLong(resolved(text.substring(1)));
            return text.startsWith(">") ? value > bound : value < bound;
        }
        return resolved(text).equals(String.valueOf(actual));
    }
}
