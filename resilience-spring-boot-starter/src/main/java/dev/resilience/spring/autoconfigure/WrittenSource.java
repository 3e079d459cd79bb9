package dev.resilience.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;

/** What one source of properties holds under {@code resilience}, as it was when it was read, each at its {@link Place}. */
final class WrittenSource implements IterableConfigurationPropertySource {

    private final Map<ConfigurationPropertyName, Written> properties = new LinkedHashMap<>();

    /**
     * A property as it was written.
     *
     * @param property its name as written
     * @param value its value, with placeholders
     * @param origin file and line, or whatever is known of where it was written
     */
    record Written(String property, Object value, @Nullable Origin origin) {

        Problem problem(String reason) {
            return new Problem(property, String.valueOf(value), origin, reason);
        }

        Problem problemOfKey(String reason) {
            return new Problem(property, null, origin, reason);
        }
    }

    void add(ConfigurationPropertyName bound, Written written) {
        properties.putIfAbsent(bound, written);
    }

    /**
     * Returns the property at a path relative to {@code resilience}.
     *
     * @param value which of the values of a list is meant; null or none of them: the first
     */
    @Nullable
    Written find(String path, @Nullable String value) {
        Written single = properties.get(Place.bound(path));
        if (single != null) {
            return single;
        }
        Written first = properties.get(Place.bound(path + "[0]"));
        Written next = first;
        for (int i = 1; next != null; i++) {
            if (String.valueOf(next.value()).equals(value)) {
                return next;
            }
            next = properties.get(Place.bound(path + "[" + i + "]"));
        }
        return first;
    }

    @Override
    public @Nullable ConfigurationProperty getConfigurationProperty(@Nullable ConfigurationPropertyName name) {
        Written written = name == null ? null : properties.get(name);
        return name == null || written == null
                ? null
                : new ConfigurationProperty(name, written.value(), written.origin());
    }

    @Override
    public Stream<ConfigurationPropertyName> stream() {
        return properties.keySet().stream();
    }
}
