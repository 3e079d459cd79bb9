package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The one place at which a property is bound, however it was written.
 *
 * @param group the group of the entry: {@code breakers}; null for a key outside of named entries
 * @param name the name of the entry; null for a key outside of named entries
 * @param key the key
 * @param index the place of the value in a list; null for none
 */
record Place(
        @Nullable String group,
        @Nullable Name name,
        KnownKeys.Key key,
        @Nullable String index) {

    /** Returns the name by which the binder finds the value. */
    ConfigurationPropertyName bound() {
        String entry = group == null || name == null ? "" : group + "." + name.canonical() + ".";
        return bound(entry + key.path() + (index == null ? "" : "[" + index + "]"));
    }

    /** Returns the name by which the binder finds what is at a path relative to {@code resilience}. */
    static ConfigurationPropertyName bound(String path) {
        return ConfigurationPropertyName.of(KnownKeys.ROOT + "." + path);
    }
}
