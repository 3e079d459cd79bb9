package dev.resilience.registry;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All bulkheads of an application, by name and key, made on first use.
 *
 * <p>Safe for use by many threads; finding a bulkhead takes no lock. Two registries share nothing.
 */
public final class BulkheadRegistry {

    private final CopyOnWriteArrayList<InstanceListener<SemaphoreBulkhead>> listeners = new CopyOnWriteArrayList<>();
    private final Families<BulkheadFamily> families;
    private volatile Function<Name, BulkheadConfig> configs;

    /** Creates a registry whose bulkheads all have the same configuration. */
    public BulkheadRegistry(BulkheadConfig config) {
        this(name -> config, GuardEnvironment.DEFAULT);
    }

    /**
     * Creates a registry.
     *
     * @param configs the configuration of each name
     */
    public BulkheadRegistry(Function<Name, BulkheadConfig> configs, GuardEnvironment environment) {
        this.configs = configs;
        this.families =
                new Families<>(name -> new BulkheadFamily(name, this.configs.apply(name), environment, listeners));
    }

    /**
     * Returns the bulkhead of a name.
     *
     * @throws dev.resilience.InvalidSettingException if {@code name} is no name
     */
    public SemaphoreBulkhead get(String name) {
        return get(name, null);
    }

    /**
     * Returns the bulkhead of a name and key, the plain one for null; see {@link BulkheadFamily#get}.
     *
     * @throws dev.resilience.InvalidSettingException if {@code name} is no name
     */
    public SemaphoreBulkhead get(String name, @Nullable String key) {
        return family(Name.of(name)).get(key);
    }

    /** Returns the bulkheads of a name, to be kept by who calls often. */
    public BulkheadFamily family(Name name) {
        return families.get(name);
    }

    /** Returns the bulkheads of a name, in any spelling, if there are any. */
    public Optional<BulkheadFamily> find(String name) {
        return families.find(name);
    }

    /** Returns all, by name. */
    public List<BulkheadFamily> families() {
        return families.sorted(Comparator.comparing(family -> family.name().text()));
    }

    /**
     * Replaces the configuration of every name, from the next call on.
     *
     * @throws dev.resilience.InvalidSettingException if what an operator laid over a bulkhead does not fit; nothing is changed then
     */
    public void configure(Function<Name, BulkheadConfig> newConfigs) {
        families.each(family -> family.check(newConfigs.apply(family.name())));
        families.change(() -> configs = newConfigs)
                .forEach(family -> family.configure(newConfigs.apply(family.name())));
    }

    /** Adds a listener, which first hears of the instances that are there. */
    public void addListener(InstanceListener<SemaphoreBulkhead> listener) {
        families.change(() -> listeners.add(listener)).forEach(family -> family.addListener(listener));
    }
}
