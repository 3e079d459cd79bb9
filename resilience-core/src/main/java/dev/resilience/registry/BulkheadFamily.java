package dev.resilience.registry;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadOverride;
import dev.resilience.bulkhead.BulkheadTotals;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.bulkhead.UnsharedCriticalities;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The bulkheads of one name: the plain one and those of its keys, all with the same configuration.
 *
 * <p>Overrides laid here hold for every instance, those to come among them. Safe for use by many threads.
 */
public final class BulkheadFamily {

    private final Name name;
    private final GuardEnvironment environment;
    private final UnsharedCriticalities unshared = new UnsharedCriticalities();
    private final Departed<SemaphoreBulkhead, BulkheadTotals> departed = new Departed<>(
            bulkhead -> bulkhead.snapshot().totals(),
            BulkheadTotals::plus,
            bulkhead -> bulkhead.snapshot().concurrent() > 0);
    private final Instances<SemaphoreBulkhead> instances;
    private volatile BulkheadConfig config;
    private volatile BulkheadOverride standing = BulkheadOverride.NONE;

    BulkheadFamily(
            Name name,
            BulkheadConfig config,
            GuardEnvironment environment,
            CopyOnWriteArrayList<InstanceListener<SemaphoreBulkhead>> listeners) {
        this.name = name;
        this.config = config;
        this.environment = environment;
        this.instances = new Instances<>(
                name,
                new Instances.Kind<>(
                        this::make, SemaphoreBulkhead::idleSince, () -> this.config.maxKeys(), departed::add),
                listeners);
    }

    private SemaphoreBulkhead make(Name instance) {
        SemaphoreBulkhead made = new SemaphoreBulkhead(instance, config, environment, unshared);
        if (!standing.keys().isEmpty()) {
            made.override(standing);
        }
        return made;
    }

    /** Returns the name, spelt as whoever asked first spelt it. */
    public Name name() {
        return name;
    }

    /** Returns the instance without a key. */
    public SemaphoreBulkhead plain() {
        return instances.plain();
    }

    /**
     * Returns the instance of a key, made if it is new; the plain one for null. At the bound of keys the longest idle instance that
     * is not overridden is dropped for it; if there is none, the one with {@link Name#OVERFLOW_KEY} is returned.
     */
    public SemaphoreBulkhead get(@Nullable String key) {
        return instances.get(key);
    }

    /** Returns the instance of a key if there is one, the plain one for null. */
    public Optional<SemaphoreBulkhead> find(@Nullable String key) {
        return instances.find(key);
    }

    /** Returns all instances, the plain one first. */
    public List<SemaphoreBulkhead> all() {
        return instances.all();
    }

    /** Returns what the instances had counted that were dropped; null if none was. */
    public @Nullable BulkheadTotals dropped() {
        return departed.sum();
    }

    void addListener(InstanceListener<SemaphoreBulkhead> listener) {
        instances.addListener(listener);
    }

    /** Throws if what lies over the configuration would not fit the new one. */
    void check(BulkheadConfig newConfig) {
        standing.over(newConfig);
        instances.all().forEach(bulkhead -> bulkhead.overridden().over(newConfig));
    }

    void configure(BulkheadConfig newConfig) {
        instances.exclusively(() -> {
            config = newConfig;
            instances.all().forEach(bulkhead -> bulkhead.configure(newConfig));
            instances.configured();
            return newConfig;
        });
    }

    /**
     * Lays more over the configuration of every instance.
     *
     * @throws dev.resilience.InvalidSettingException if the result is not valid for one of them; nothing is changed then
     */
    public void override(BulkheadOverride override) {
        instances.exclusively(() -> {
            List<SemaphoreBulkhead> all = instances.all();
            all.forEach(bulkhead -> bulkhead.overridden().replacedBy(override).over(config));
            standing = standing.replacedBy(override);
            all.forEach(bulkhead -> bulkhead.override(override));
            return standing;
        });
    }

    /** Takes away what lies over the configuration of any instance. Returns whether there was anything. */
    public boolean clearOverride() {
        return instances.exclusively(() -> {
            standing = BulkheadOverride.NONE;
            boolean any = false;
            for (SemaphoreBulkhead bulkhead : instances.all()) {
                any |= bulkhead.clearOverride();
            }
            return any;
        });
    }
}
