package dev.resilience.spring.shared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step of a scenario as it is written, or any other part that has names. */
record ScenarioStep(Map<String, Object> written) {

    @SuppressWarnings("unchecked")
    static ScenarioStep of(@Nullable Object json) {
        return new ScenarioStep(json == null ? Map.of() : (Map<String, Object>) json);
    }

    boolean has(String key) {
        return written.containsKey(key);
    }

    @Nullable
    Object get(String key) {
        return written.get(key);
    }

    String text(String key, String otherwise) {
        return String.valueOf(written.getOrDefault(key, otherwise));
    }

    String text(String key) {
        if (!has(key)) {
            throw new IllegalArgumentException("No '%s' in %s".formatted(key, written));
        }
        return text(key, "");
    }

    long number(String key, long otherwise) {
        return ((Number) written.getOrDefault(key, otherwise)).longValue();
    }

    boolean is(String key) {
        return Boolean.TRUE.equals(written.get(key));
    }

    ScenarioStep part(String key) {
        return of(written.get(key));
    }

    /** Returns one text or a list of them as a list, {@code otherwise} if there is nothing. */
    List<String> texts(String key, List<String> otherwise) {
        Object value = written.get(key);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? otherwise : List.of(value.toString());
    }

    /** Returns a copy with other values laid over these. */
    ScenarioStep with(ScenarioStep over) {
        Map<String, Object> both = new LinkedHashMap<>(written);
        both.putAll(over.written);
        return new ScenarioStep(both);
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
