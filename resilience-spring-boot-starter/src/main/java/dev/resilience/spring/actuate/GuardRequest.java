package dev.resilience.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came. Spring Boot folds path, body and query into one map in which the later ones replace the earlier; this keeps
 * apart which guard is meant, which only the path may say.
 *
 * @param arguments all of them, under their names
 */
record GuardRequest(Map<String, ? extends @Nullable Object> arguments) {

    /** Name of the operations' parameter that takes the path. */
    static final String PATH = "path";

    private static final String KEY = "key";
    private static final String PATHS =
            "guards/breakers, guards/breakers/{name}, guards/bulkheads, guards/bulkheads/{name}";

    /** Returns the segments behind {@code guards}: only the path itself is an array, what replaced it from elsewhere is text or a list. */
    List<String> path() {
        if (arguments.get(PATH) instanceof String[] segments) {
            return List.of(segments);
        }
        throw Problem.invalid(PATH, "Unknown field '" + PATH + "'", "only the address says which guard is meant");
    }

    static Problem noSuchPath() {
        return Problem.unknown(PATH, "There is nothing at this address", PATHS);
    }

    /** Returns the key of the instance that is meant, or null. */
    @Nullable
    String key() {
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        if (arguments.containsKey(KEY)) {
            key.put(KEY, arguments.get(KEY));
        }
        return Fields.of(key, List.of(KEY)).raw(KEY);
    }

    /** Returns the key where nothing else may be given. */
    @Nullable
    String keyAlone() {
        return fields(List.of(KEY)).raw(KEY);
    }

    /** Returns what body and query say. */
    Fields fields(List<String> allowed) {
        return Fields.of(without(PATH), allowed);
    }

    /** Returns what body and query say beyond the key. */
    Fields fieldsBesidesKey(List<String> allowed) {
        Map<String, @Nullable Object> fields = without(PATH);
        fields.remove(KEY);
        return Fields.of(fields, allowed);
    }

    private Map<String, @Nullable Object> without(String name) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(arguments);
        others.remove(name);
        return others;
    }
}
