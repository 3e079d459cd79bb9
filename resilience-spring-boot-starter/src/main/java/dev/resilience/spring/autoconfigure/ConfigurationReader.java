package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.spring.shared.SharedMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads what is configured under {@code resilience}: afresh, as a whole, and checked. */
final class ConfigurationReader {

    private final ConfigurableEnvironment environment;
    private final Conversions conversions;
    private final KnownKeys keys = new KnownKeys(KnownKeys.RECORDS);
    private final Completion.Kind<BreakerProperties, BreakerDefaults, BreakerConfig> breakers;
    private final Completion.Kind<BulkheadProperties, BulkheadDefaults, BulkheadConfig> bulkheads;

    ConfigurationReader(ConfigurableEnvironment environment, @Nullable ClassLoader classLoader) {
        this.environment = environment;
        this.conversions = new Conversions(classLoader);
        this.breakers = ofBreakers(conversions::breaker);
        this.bulkheads = new Completion.Kind<>(
                "bulkheads",
                "defaults.bulkhead",
                BulkheadProperties::template,
                BulkheadProperties::over,
                conversions::bulkhead);
    }

    private static <C> Completion.Kind<BreakerProperties, BreakerDefaults, C> ofBreakers(
            Function<BreakerDefaults, C> conversion) {
        return new Completion.Kind<>(
                "breakers", "defaults.breaker", BreakerProperties::template, BreakerProperties::over, conversion);
    }

    private Completion.Kind<BreakerProperties, BreakerDefaults, SharedEntry> sharing() {
        SharedMode fleet = fleetMode();
        return ofBreakers(settings -> conversions.sharing(settings, fleet));
    }

    /**
     * Returns what is configured now.
     *
     * @throws InvalidConfigurationException if anything is wrong with it
     */
    ResilienceConfiguration read() {
        WrittenProperties written = new WrittenProperties(environment, keys);
        if (!written.problems().isEmpty()) {
            throw new InvalidConfigurationException(written.problems());
        }
        ResilienceProperties properties = bound(written);
        ResilienceConfiguration configuration = new ResilienceConfiguration(
                properties.enabled(),
                properties.strictNames(),
                properties.stackTraces(),
                new Completion<>(breakers, written)
                        .complete(properties.breakers(), properties.defaults().breaker()),
                new Completion<>(sharing(), written)
                        .complete(properties.breakers(), properties.defaults().breaker()),
                new Completion<>(bulkheads, written)
                        .complete(properties.bulkheads(), properties.defaults().bulkhead())
                        .with(config -> spelt(config, written.names(KnownKeys.CRITICALITY))));
        return properties.enabled() ? configuration : configuration.switchedOff();
    }

    /** Returns a configuration with its criticalities as they were written: they are bound in canonical form. */
    private static BulkheadConfig spelt(BulkheadConfig config, Map<String, Name> criticalities) {
        Map<String, Integer> shares = new LinkedHashMap<>();
        config.shares().forEach((form, percent) -> {
            Name written = criticalities.get(form);
            shares.put(written == null ? form : written.text(), percent);
        });
        return config.withShares(shares);
    }

    /**
     * Returns how breakers agree over a fleet whose entry does not say so; not at all if there is no fleet.
     *
     * @throws InvalidConfigurationException if what is written cannot be read
     */
    private SharedMode fleetMode() {
        Binder binder = Binder.get(environment);
        try {
            boolean isShared =
                    binder.bind("resilience.shared.enabled", Boolean.class).orElse(false);
            return isShared
                    ? binder.bind("resilience.shared.mode", SharedMode.class).orElse(SharedMode.SHARED_STATE)
                    : SharedMode.OFF;
        } catch (BindException unreadable) {
            throw new InvalidConfigurationException(
                    List.of(problem(unreadable, new WrittenProperties(environment, keys), keys)));
        }
    }

    private ResilienceProperties bound(WrittenProperties written) {
        Binder binder = new Binder(written.sources(), new PropertySourcesPlaceholdersResolver(environment));
        try {
            return binder.bindOrCreate(KnownKeys.ROOT, ResilienceProperties.class);
        } catch (BindException unreadable) {
            throw new InvalidConfigurationException(List.of(problem(unreadable, written, keys)));
        }
    }

    /** Returns what is wrong with a property that could not be bound, and where it is written. */
    static Problem problem(BindException unreadable, WrittenProperties written, KnownKeys keys) {
        ConfigurationProperty property = unreadable.getProperty();
        String name = (property == null ? unreadable.getName() : property.getName()).toString();
        String path = name.substring(KnownKeys.ROOT.length() + 1);
        WrittenSource.Written found = written.find(path, null);
        String allowed = keys.allowed(path);
        String reason = allowed == null
                ? "cannot be read: "
                        + NestedExceptionUtils.getMostSpecificCause(unreadable).getMessage()
                : "must be " + allowed;
        return found == null ? new Problem(name, null, null, reason) : found.problem(reason);
    }
}
