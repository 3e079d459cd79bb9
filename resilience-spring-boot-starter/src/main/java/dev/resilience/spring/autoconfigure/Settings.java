package dev.resilience.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a setting of an entry and the one beneath it make one. */
final class Settings {

    private Settings() {}

    /** Returns the entry's own setting, or where there is none, the one beneath. */
    static <T> T own(@Nullable T own, T beneath) {
        return own == null ? beneath : own;
    }

    /** Returns the settings of a map: the entry's own, and those beneath under keys of which it has none. */
    static <T> Map<String, T> both(@Nullable Map<String, T> own, Map<String, T> beneath) {
        Map<String, T> both = new LinkedHashMap<>(beneath);
        both.putAll(own == null ? Map.of() : own);
        return both;
    }

    /** Returns the entry's own setting, or where there is none, the one beneath, if any. */
    static <T> @Nullable T ownOrNone(@Nullable T own, @Nullable T beneath) {
        return own == null ? beneath : own;
    }
}
