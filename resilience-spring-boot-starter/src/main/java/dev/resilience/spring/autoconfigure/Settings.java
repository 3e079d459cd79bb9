package dev.resilience.spring.autoconfigure;

import org.jspecify.annotations.Nullable;

/** How a setting of an entry and the one beneath it make one. */
final class Settings {

    private Settings() {}

    /** Returns the entry's own setting, or where there is none, the one beneath. */
    static <T> T own(@Nullable T own, T beneath) {
        return own == null ? beneath : own;
    }

    /** Returns the entry's own setting, or where there is none, the one beneath, if any. */
    static <T> @Nullable T ownOrNone(@Nullable T own, @Nullable T beneath) {
        return own == null ? beneath : own;
    }
}
