package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;

/**
 * The keys that can be written under {@code resilience}, read from the records that they are bound to. Immutable.
 *
 * <p>Every capability has a record of its own; one that is not in {@link #RECORDS} has its keys refused as unknown.
 */
final class KnownKeys {

    /** The first element of every key. */
    static final String ROOT = "resilience";

    /** What stands in the path of a key for the element that whoever writes it chooses. */
    static final String CRITICALITY = "<criticality>";

    /** The records of all capabilities, whether or not their libraries are there. */
    static final List<Class<? extends Record>> RECORDS = List.of(
            ResilienceProperties.class,
            CriticalityProperties.class,
            DeadlineProperties.class,
            HealthProperties.class,
            MetricsProperties.class,
            RetryProperties.class,
            SharedProperties.class,
            WebProperties.class);

    /**
     * A key.
     *
     * @param path as documented, relative to {@code resilience}, or to the entry for a key of an entry: {@code open.max-duration}
     * @param isList whether it holds several values
     * @param allowed what its value must be, if the record says so
     * @param criticality the element that was chosen for {@link #CRITICALITY}, in canonical form; null where there is no choice
     */
    record Key(
            String path,
            boolean isList,
            @Nullable String allowed,
            @Nullable String criticality) {

        /** Returns whether it stands for one key a criticality. */
        boolean isForAny() {
            return path.endsWith("." + CRITICALITY);
        }

        private String above() {
            return path.substring(0, path.length() - CRITICALITY.length() - 1);
        }

        /** Returns the key of one criticality, where this {@link #isForAny}. */
        Key of(String form) {
            return new Key(above() + "." + form, isList, allowed, form);
        }

        /** Returns the path of what {@link #isForAny} without its last element, as {@link #flat}. */
        String flatAbove() {
            return Name.canonical(above());
        }

        /** Returns the path in the form in which files are searched for it. */
        String dotted() {
            return isForAny() ? canonicalPath(above()) + "." + CRITICALITY : canonicalPath(path);
        }

        /** Returns the path in the form in which the environment, which cannot tell a dot from a dash, is searched for it. */
        String flat() {
            return Name.canonical(path);
        }
    }

    private final Map<String, Key> fixed = new LinkedHashMap<>();
    private final Map<String, Map<String, Key>> entries = new LinkedHashMap<>();

    KnownKeys(Collection<Class<? extends Record>> records) {
        records.forEach(record -> read(record, prefixOf(record), fixed));
    }

    private static String prefixOf(Class<? extends Record> record) {
        ConfigurationProperties annotation =
                Objects.requireNonNull(record.getAnnotation(ConfigurationProperties.class));
        return annotation.value().equals(ROOT) ? "" : annotation.value().substring(ROOT.length() + 1) + ".";
    }

    private void read(Class<?> record, String prefix, Map<String, Key> keys) {
        for (RecordComponent component : record.getRecordComponents()) {
            String path = prefix + DataObjectPropertyName.toDashedForm(component.getName());
            Class<?> type = component.getType();
            if (type.isRecord()) {
                read(type, path + ".", keys);
            } else if (Map.class.isAssignableFrom(type) && entryType(component).isRecord()) {
                Map<String, Key> ofEntry = new LinkedHashMap<>();
                read(entryType(component), "", ofEntry);
                entries.put(path, ofEntry);
            } else {
                boolean isForAny = Map.class.isAssignableFrom(type);
                Key key = new Key(
                        isForAny ? path + "." + CRITICALITY : path,
                        Collection.class.isAssignableFrom(type),
                        allowed(component),
                        null);
                keys.put(key.dotted(), key);
            }
        }
    }

    private static Class<?> entryType(RecordComponent component) {
        return Objects.requireNonNull(
                ResolvableType.forType(component.getGenericType()).resolveGeneric(1));
    }

    private static @Nullable String allowed(RecordComponent component) {
        Allowed allowed = component.getAnnotation(Allowed.class);
        return allowed == null ? null : allowed.value();
    }

    /** Returns a path with each of its elements in canonical form. */
    static String canonicalPath(String path) {
        return Arrays.stream(path.split("\\.", -1)).map(Name::canonical).collect(Collectors.joining("."));
    }

    /** Returns the groups that hold named entries: {@code breakers} and {@code bulkheads}. */
    Collection<String> groups() {
        return entries.keySet();
    }

    /** Returns the keys of the entries of a group, or for null those outside of entries. */
    Collection<Key> in(@Nullable String group) {
        return byForm(group).values();
    }

    /** Returns the key among those {@link #in} a group that is written so, in canonical form. */
    @Nullable
    Key find(@Nullable String group, String dotted) {
        Key exact = byForm(group).get(dotted);
        int last = dotted.lastIndexOf('.');
        if (exact != null || last < 0) {
            return exact;
        }
        Key any = byForm(group).get(dotted.substring(0, last) + "." + CRITICALITY);
        return any == null ? null : any.of(dotted.substring(last + 1));
    }

    private Map<String, Key> byForm(@Nullable String group) {
        return group == null ? fixed : entries.getOrDefault(group, Map.of());
    }

    /** Returns what the value at a path relative to {@code resilience} must be, if the records say so; an entry's as in the defaults. */
    @Nullable
    String allowed(String path) {
        String dotted = canonicalPath(path.replaceAll("\\[\\d+]$", ""));
        for (String group : groups()) {
            if (dotted.startsWith(group + ".")) {
                String singular = group.substring(0, group.length() - 1);
                dotted = "defaults." + singular + dotted.substring(dotted.indexOf('.', group.length() + 1));
            }
        }
        Key key = find(null, dotted);
        return key == null ? null : key.allowed();
    }
}
