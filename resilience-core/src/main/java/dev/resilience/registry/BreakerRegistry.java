package dev.resilience.registry;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.CircuitBreaker;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All breakers of an application, by name and key, made on first use.
 *
 * <p>Safe for use by many threads; finding a breaker takes no lock. Two registries share nothing.
 */
public final class BreakerRegistry {

    private final CopyOnWriteArrayList<InstanceListener<CircuitBreaker>> listeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<FamilyOrderListener> orderListeners = new CopyOnWriteArrayList<>();
    private final Families<BreakerFamily> families;
    private volatile Function<Name, BreakerConfig> configs;

    /** Creates a registry whose breakers all have the same configuration. */
    public BreakerRegistry(BreakerConfig config) {
        this(name -> config, BreakerEnvironment.DEFAULT);
    }

    /**
     * Creates a registry.
     *
     * @param configs the configuration of each name
     */
    public BreakerRegistry(Function<Name, BreakerConfig> configs, BreakerEnvironment environment) {
        this.configs = configs;
        this.families = new Families<>(
                name -> new BreakerFamily(name, this.configs.apply(name), environment, listeners, orderListeners));
    }

    /**
     * Returns the breaker of a name.
     *
     * @throws dev.resilience.InvalidSettingException if {@code name} is no name
     */
    public CircuitBreaker get(String name) {
        return get(name, null);
    }

    /**
     * Returns the breaker of a name and key, the plain one for null; see {@link BreakerFamily#get}.
     *
     * @throws dev.resilience.InvalidSettingException if {@code name} is no name
     */
    public CircuitBreaker get(String name, @Nullable String key) {
        return family(Name.of(name)).get(key);
    }

    /** Returns the breakers of a name, to be kept by who calls often. */
    public BreakerFamily family(Name name) {
        return families.get(name);
    }

    /** Returns the breakers of a name, in any spelling, if there are any. */
    public Optional<BreakerFamily> find(String name) {
        return families.find(name);
    }

    /** Returns all, by name. */
    public List<BreakerFamily> families() {
        return families.sorted(Comparator.comparing(family -> family.name().text()));
    }

    /** Replaces the configuration of every name, from the next call on; see {@link CircuitBreaker#configure}. */
    public void configure(Function<Name, BreakerConfig> newConfigs) {
        families.change(() -> configs = newConfigs)
                .forEach(family -> family.configure(newConfigs.apply(family.name())));
    }

    /** Adds a listener, which first hears of the instances that are there. */
    public void addListener(InstanceListener<CircuitBreaker> listener) {
        families.change(() -> listeners.add(listener)).forEach(family -> family.addListener(listener));
    }

    /** Adds a listener that hears of what is ordered from now on for all breakers of a name. */
    public void addListener(FamilyOrderListener listener) {
        orderListeners.add(listener);
    }
}
