package dev.resilience.registry;

import dev.resilience.Name;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerTotals;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of one name: the plain one and those of its keys, all with the same configuration.
 *
 * <p>Orders given here hold for every instance, those to come among them. Safe for use by many threads; of two orders given at the
 * same time each instance obeys the one that reaches it last.
 */
public final class BreakerFamily {

    private final Name name;
    private final BreakerEnvironment environment;
    private final StandingOrders orders;
    private final Iterable<FamilyOrderListener> orderListeners;
    private final Departed<CircuitBreaker, BreakerTotals> departed = new Departed<>(
            breaker -> breaker.snapshot().totals(),
            BreakerTotals::plus,
            breaker -> breaker.snapshot().concurrent() > 0);
    private final Instances<CircuitBreaker> instances;
    private volatile BreakerConfig config;

    BreakerFamily(
            Name name,
            BreakerConfig config,
            BreakerEnvironment environment,
            CopyOnWriteArrayList<InstanceListener<CircuitBreaker>> listeners,
            Iterable<FamilyOrderListener> orderListeners) {
        this.name = name;
        this.config = config;
        this.environment = environment;
        this.orderListeners = orderListeners;
        this.orders = new StandingOrders(environment.guard().ticker());
        this.instances = new Instances<>(
                name,
                new Instances.Kind<>(this::make, CircuitBreaker::idleSince, () -> this.config.maxKeys(), departed::add),
                listeners);
    }

    private CircuitBreaker make(Name instance) {
        return new CircuitBreaker(instance, config, environment, orders.now());
    }

    /** Returns the name, spelt as whoever asked first spelt it. */
    public Name name() {
        return name;
    }

    /** Returns the instance without a key. */
    public CircuitBreaker plain() {
        return instances.plain();
    }

    /**
     * Returns the instance of a key, made if it is new; the plain one for null. At the bound of keys the longest idle instance that
     * is closed and not forced is dropped for it; if there is none, the one with {@link Name#OVERFLOW_KEY} is returned.
     */
    public CircuitBreaker get(@Nullable String key) {
        return instances.get(key);
    }

    /** Returns the instance of a key if there is one, the plain one for null. */
    public Optional<CircuitBreaker> find(@Nullable String key) {
        return instances.find(key);
    }

    /** Returns all instances, the plain one first. */
    public List<CircuitBreaker> all() {
        return instances.all();
    }

    /** Returns what the instances had counted that were dropped; null if none was. */
    public @Nullable BreakerTotals dropped() {
        return departed.sum();
    }

    void addListener(InstanceListener<CircuitBreaker> listener) {
        instances.addListener(listener);
    }

    void configure(BreakerConfig newConfig) {
        order(() -> config = newConfig).forEach(breaker -> breaker.configure(newConfig));
        instances.configured();
    }

    /**
     * Holds every instance open or closed.
     *
     * @throws IllegalStateException if the mode of an instance is off; nothing is changed then
     */
    public void force(Force force) {
        List<CircuitBreaker> all = order(() -> {
            instances.all().forEach(CircuitBreaker::requireOn);
            orders.force(force);
            orderListeners.forEach(listener -> listener.forced(name, force));
        });
        given(all, breaker -> {
            breaker.force(force);
            return true;
        });
    }

    /** Ends the force of every instance. Returns whether there was one. */
    public boolean release() {
        return release(Attribution.NONE);
    }

    /** Ends the force of every instance, as {@link #release()} does, and keeps who did and why in their transitions. */
    public boolean release(Attribution by) {
        return given(
                order(() -> {
                    orders.release();
                    orderListeners.forEach(listener -> listener.released(name, by));
                }),
                breaker -> breaker.release(by));
    }

    /** Forces the instances that are to come, as the name was forced elsewhere. Those that are there stay as they are. */
    public void forceLater(Force force) {
        order(() -> orders.force(force));
    }

    /** Forces no instance that is to come any more, as the force of the name was ended elsewhere. Those that are there stay as they are. */
    public void forgetForce() {
        order(orders::release);
    }

    /** Resets every instance. */
    public void reset() {
        reset(Attribution.NONE);
    }

    /** Resets every instance, and keeps who did and why in their transitions. */
    public void reset(Attribution by) {
        given(
                order(() -> {
                    orders.release();
                    orderListeners.forEach(listener -> listener.reset(name, by));
                }),
                breaker -> {
                    breaker.reset(by);
                    return true;
                });
    }

    /** Lays more over the configuration of every instance. */
    public void override(BreakerOverride override) {
        order(() -> orders.override(override)).forEach(breaker -> breaker.override(override));
    }

    /** Takes away what lies over the configuration of any instance. Returns whether there was anything. */
    public boolean clearOverride() {
        return anyOf(order(orders::clearOverride), CircuitBreaker::clearOverride);
    }

    /**
     * Gives an order to the instances to come, and returns those that are there, to be told without the lock: they tell listeners.
     */
    private List<CircuitBreaker> order(Runnable order) {
        return instances.exclusively(() -> {
            orders.look(config);
            order.run();
            orders.look(config);
            return instances.all();
        });
    }

    /**
     * Gives those that are there an order that the listeners know of, and tells them when that is done. Returns whether it changed
     * any.
     */
    private boolean given(List<CircuitBreaker> breakers, Predicate<CircuitBreaker> action) {
        try {
            return anyOf(breakers, action);
        } finally {
            orderListeners.forEach(listener -> listener.given(name));
        }
    }

    private static boolean anyOf(List<CircuitBreaker> breakers, Predicate<CircuitBreaker> action) {
        boolean any = false;
        for (CircuitBreaker breaker : breakers) {
            any |= action.test(breaker);
        }
        return any;
    }
}
