package dev.resilience.registry;

import dev.resilience.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The families of a registry by the canonical form of their names; finding one takes no lock. */
final class Families<F> {

    private final Map<String, F> byName = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Function<Name, F> maker;

    Families(Function<Name, F> maker) {
        this.maker = maker;
    }

    F get(Name name) {
        F present = byName.get(name.canonical());
        return present != null
                ? present
                : exclusively(() -> byName.computeIfAbsent(name.canonical(), form -> maker.apply(name)));
    }

    /** Changes what families to come are made of, and returns those that are there, to be told without the lock. */
    List<F> change(Runnable change) {
        return exclusively(() -> {
            change.run();
            return List.copyOf(byName.values());
        });
    }

    private <R> R exclusively(Supplier<R> action) {
        lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    Optional<F> find(String name) {
        return Optional.ofNullable(byName.get(Name.canonical(name)));
    }

    List<F> sorted(Comparator<F> order) {
        List<F> all = new ArrayList<>(byName.values());
        all.sort(order);
        return all;
    }

    void each(Consumer<F> action) {
        byName.values().forEach(action);
    }

    /** The only place where anybody waits for the lock, named for who allows that. */
    private void lock() {
        lock.lock();
    }
}
