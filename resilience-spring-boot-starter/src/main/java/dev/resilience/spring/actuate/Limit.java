package dev.resilience.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many guards or keys a list shows at most.
 *
 * @param count at least 1
 */
record Limit(int count) {

    static final Limit DEFAULT = new Limit(1000);

    Limit {
        if (count < 1) {
            throw Problem.invalid("limit", "Invalid limit (" + count + ")", "must be at least 1");
        }
    }

    /** Returns the default for null. */
    static Limit of(@Nullable Integer count) {
        return count == null ? DEFAULT : new Limit(count);
    }

    <F, S> Map<String, S> shorten(List<F> families, Function<F, String> name, Function<F, S> summary) {
        Map<String, S> shown = new LinkedHashMap<>();
        families.stream().limit(count).forEach(family -> shown.put(name.apply(family), summary.apply(family)));
        return shown;
    }

    List<String> first(List<String> keys) {
        return keys.stream().limit(count).toList();
    }

    /** Returns true, or null where nothing is left out: the answer says it only then. */
    @Nullable
    Boolean truncates(List<?> all) {
        return all.size() > count ? true : null;
    }
}
