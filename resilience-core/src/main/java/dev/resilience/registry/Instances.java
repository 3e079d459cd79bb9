package dev.resilience.registry;

import dev.resilience.Name;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one name: the plain one, one a key up to a bound, and one for the keys that find no place.
 *
 * <p>At the bound the longest idle instance makes room. Finding an instance takes no lock, making one does.
 */
final class Instances<T> {

    private static final Logger LOG = System.getLogger(InstanceListener.class.getName());

    private final Name name;
    private final Kind<T> kind;
    private final CopyOnWriteArrayList<InstanceListener<T>> listeners;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, T> keyed = new ConcurrentHashMap<>();
    private final T plain;
    private volatile @Nullable T overflow;

    /**
     * What must be known of a kind of guard.
     *
     * @param maker makes an instance
     * @param idleSince when an instance was last used, or {@link Long#MAX_VALUE} if it must stay
     * @param bound how many keyed instances there may be
     * @param dropped takes in what an instance leaves behind
     */
    record Kind<T>(Function<Name, T> maker, ToLongFunction<T> idleSince, IntSupplier bound, Consumer<T> dropped) {}

    Instances(Name name, Kind<T> kind, CopyOnWriteArrayList<InstanceListener<T>> listeners) {
        this.name = name;
        this.kind = kind;
        this.listeners = new CopyOnWriteArrayList<>(listeners);
        this.plain = kind.maker().apply(name);
        tellAll(InstanceListener::added, plain);
    }

    T plain() {
        return plain;
    }

    T get(@Nullable String key) {
        if (key == null) {
            return plain;
        }
        T present = keyed.get(key);
        return present != null ? present : make(key);
    }

    private T make(String key) {
        lock();
        try {
            T present = keyed.get(key);
            if (present != null) {
                return present;
            }
            boolean isOverflow = key.equals(Name.OVERFLOW_KEY) || !Name.isShowable(key);
            return isOverflow || !makeRoom() ? overflow() : put(key);
        } finally {
            lock.unlock();
        }
    }

    private T put(String key) {
        T made = added(key);
        keyed.put(key, made);
        return made;
    }

    private T added(String key) {
        T made = kind.maker().apply(name.withKey(key));
        tellAll(InstanceListener::added, made);
        return made;
    }

    private T overflow() {
        T present = overflow;
        if (present == null) {
            present = added(Name.OVERFLOW_KEY);
            overflow = present;
        }
        return present;
    }

    /** Drops instances until one more fits; returns false if all that are left must stay. */
    private boolean makeRoom() {
        int bound = kind.bound().getAsInt();
        while (keyed.size() >= bound) {
            String longestIdle = longestIdle();
            if (longestIdle == null) {
                return false;
            }
            T dropped = keyed.remove(longestIdle);
            if (dropped != null) {
                kind.dropped().accept(dropped);
                tellAll(InstanceListener::dropped, dropped);
            }
        }
        return true;
    }

    private @Nullable String longestIdle() {
        String found = null;
        long since = 0;
        for (Map.Entry<String, T> entry : keyed.entrySet()) {
            long idleSince = kind.idleSince().applyAsLong(entry.getValue());
            if (idleSince != Long.MAX_VALUE && (found == null || idleSince - since < 0)) {
                since = idleSince;
                found = entry.getKey();
            }
        }
        return found;
    }

    /** Returns the instance of a key if there is one, the plain one for null. */
    Optional<T> find(@Nullable String key) {
        if (key == null) {
            return Optional.of(plain);
        }
        return Optional.ofNullable(key.equals(Name.OVERFLOW_KEY) ? overflow : keyed.get(key));
    }

    /** Returns all instances, the plain one first. */
    List<T> all() {
        List<T> all = new ArrayList<>();
        all.add(plain);
        all.addAll(keyed.values());
        T rest = overflow;
        if (rest != null) {
            all.add(rest);
        }
        return all;
    }

    /** Tells the listeners that every instance has another configuration. */
    void configured() {
        lock();
        try {
            all().forEach(instance -> tellAll(InstanceListener::configured, instance));
        } finally {
            lock.unlock();
        }
    }

    private void tellAll(BiConsumer<InstanceListener<T>, T> event, T instance) {
        listeners.forEach(listener -> tell(listener, event, instance));
    }

    private static <T> void tell(InstanceListener<T> listener, BiConsumer<InstanceListener<T>, T> event, T instance) {
        try {
            event.accept(listener, instance);
        } catch (Throwable broken) {
            LOG.log(
                    Level.ERROR,
                    () -> "The listener " + listener.getClass().getName() + " threw for " + instance
                            + "; the guard goes on",
                    broken);
        }
    }

    /** Adds a listener, which first hears of the instances that are there. */
    void addListener(InstanceListener<T> listener) {
        exclusively(() -> {
            all().forEach(instance -> tell(listener, InstanceListener::added, instance));
            return listeners.add(listener);
        });
    }

    /** Does something during which no instance is made or dropped. */
    <R> R exclusively(Supplier<R> action) {
        lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** The only place where anybody waits for the lock, named for who allows that. */
    private void lock() {
        lock.lock();
    }
}
