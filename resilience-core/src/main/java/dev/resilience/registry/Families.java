package dev.resilience.registry;

import dev.resilience.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The families of a registry by the canonical form of their names; finding one takes no lock. */
final class Families<F> {

    private final Map<String, F> byName = new ConcurrentHashMap<>();
    private final Function<Name, F> maker;

    Families(Function<Name, F> maker) {
        this.maker = maker;
    }

    F get(Name name) {
        F present = byName.get(name.canonical());
        return present != null ? present : byName.computeIfAbsent(name.canonical(), form -> maker.apply(name));
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
}
