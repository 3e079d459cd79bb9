package dev.resilience.spring.autoconfigure;

import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Everything that an environment holds under {@code resilience}, taken down at once: later changes of the environment do not show.
 *
 * <p>Each property is at its one place whatever its spelling, so that entries whose names are equal in canonical form are one.
 */
final class WrittenProperties {

    private static final Logger LOG = LoggerFactory.getLogger(WrittenProperties.class);

    private final ConfigurableEnvironment environment;
    private final EnvironmentNames environmentNames;
    private final FileNames fileNames;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Map<String, Name>> inFiles = new LinkedHashMap<>();
    private final Map<String, Map<String, Name>> inVariables = new LinkedHashMap<>();

    WrittenProperties(ConfigurableEnvironment environment, KnownKeys keys) {
        this.environment = environment;
        this.environmentNames = new EnvironmentNames(keys);
        this.fileNames = new FileNames(keys, (group, name) -> add(inFiles, group, name));
        ConfigurationPropertySources.from(environment.getPropertySources()).forEach(this::read);
    }

    private static void add(Map<String, Map<String, Name>> names, String group, Name name) {
        names.computeIfAbsent(group, any -> new LinkedHashMap<>()).putIfAbsent(name.canonical(), name);
    }

    private void read(ConfigurationPropertySource source) {
        if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> enumerable) {
            WrittenSource taken = new WrittenSource();
            for (String property : enumerable.getPropertyNames()) {
                Object value = enumerable.getProperty(property);
                if (value != null) {
                    take(taken, enumerable, property, value);
                }
            }
            sources.add(taken);
        } else {
            sources.add(source);
        }
    }

    private void take(WrittenSource taken, EnumerablePropertySource<?> source, String property, Object value) {
        WrittenSource.Written written =
                new WrittenSource.Written(property, exact(value), PropertySourceOrigin.get(source, property));
        String unprefixed = unprefixed(source, property);
        boolean isVariable = source instanceof SystemEnvironmentPropertySource && !unprefixed.contains(".");
        if (!(isVariable
                ? unprefixed.toLowerCase(Locale.ROOT).startsWith("resilience_")
                : WrittenKey.isOurs(unprefixed))) {
            return;
        }
        try {
            Place place = isVariable ? variable(unprefixed) : fileNames.place(written);
            if (place != null) {
                checkNotEmpty(place, value);
                taken.add(place.bound(), written);
            }
        } catch (InvalidSettingException invalid) {
            boolean isName = invalid.setting().equals("name");
            problems.add(written.problemOfKey((isName ? "the name of an entry " : "") + invalid.rule()));
        }
    }

    /** Returns a number as text: the binder makes 1 of a number that is 1.5, where it must be whole, but not of the text. */
    private static Object exact(Object value) {
        return value instanceof Number ? value.toString() : value;
    }

    private static String unprefixed(EnumerablePropertySource<?> source, String property) {
        String prefix = source instanceof PropertySourceInfo info ? info.getPrefix() : null;
        boolean isPrefixed = prefix != null
                && property.length() > prefix.length() + 1
                && property.regionMatches(true, 0, prefix, 0, prefix.length());
        return isPrefixed ? property.substring(Objects.requireNonNull(prefix).length() + 1) : property;
    }

    private @Nullable Place variable(String variable) {
        Place place = environmentNames.place(variable);
        if (place == null && environmentNames.isMeantForUs(variable)) {
            LOG.warn(
                    "The environment variable {} fits no key under 'resilience' and is left out; "
                            + "write the keys without dashes: RESILIENCE_BREAKERS_PAYMENTS_FAILURERATE",
                    variable);
        }
        if (place != null && place.group() != null && place.name() != null) {
            add(inVariables, place.group(), place.name());
        }
        String criticality = place == null ? null : place.key().criticality();
        if (criticality != null) {
            add(inVariables, KnownKeys.CRITICALITY, Name.of(criticality));
        }
        return place;
    }

    private void checkNotEmpty(Place place, Object value) {
        boolean isEmpty = value instanceof CharSequence text && isEmpty(text.toString());
        InvalidSettingException.require(
                !isEmpty || place.key().isList(),
                place.key().path(),
                value,
                "must not be empty; leave the key out for what holds without it");
    }

    private boolean isEmpty(String text) {
        try {
            return environment.resolveRequiredPlaceholders(text).isBlank();
        } catch (PlaceholderResolutionException unresolved) {
            throw new InvalidSettingException("value", text, "cannot be read: " + unresolved.getMessage());
        }
    }

    /** Returns what was taken down, the source that wins first. */
    List<ConfigurationPropertySource> sources() {
        return sources;
    }

    /** Returns what is wrong with keys, names of entries and empty values. */
    List<Problem> problems() {
        return problems;
    }

    /**
     * Returns the names of the entries of a group by their canonical form, spelt as in the file that wins, if in any; of
     * {@link KnownKeys#CRITICALITY} those of the criticalities.
     */
    Map<String, Name> names(String group) {
        Map<String, Name> names = new LinkedHashMap<>(inFiles.getOrDefault(group, Map.of()));
        inVariables.getOrDefault(group, Map.of()).forEach(names::putIfAbsent);
        return names;
    }

    /** Returns the property in effect at a path relative to {@code resilience}; see {@link WrittenSource#find}. */
    WrittenSource.@Nullable Written find(String path, @Nullable String value) {
        for (ConfigurationPropertySource source : sources) {
            WrittenSource.Written found = source instanceof WrittenSource taken ? taken.find(path, value) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
