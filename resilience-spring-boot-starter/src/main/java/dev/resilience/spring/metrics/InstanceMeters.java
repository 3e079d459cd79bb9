package dev.resilience.spring.metrics;

import dev.resilience.Name;
import dev.resilience.registry.InstanceListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Keeps the meters of one kind of guard in step with the guards that there are.
 *
 * @param <T> kind of guard
 * @param <V> what is read of it
 */
final class InstanceMeters<T, V extends View<V>> implements InstanceListener<T>, AutoCloseable {

    private static final String NO_KEY = "none";
    private static final String ALL_KEYS = "*";

    private final Kind<T, V> kind;
    private final MeterRegistry registry;
    private final Tags common;
    private final boolean keys;
    private final Map<Name, Metered<T, V>> metered = new HashMap<>();
    private boolean closed;

    /**
     * What is known of a kind of guard.
     *
     * @param name of a guard
     * @param reader reads a guard
     * @param parts the parts of a view that have meters of their own
     * @param meters fills a set with the meters of a part
     */
    record Kind<T, V extends View<V>>(
            Function<T, Name> name,
            Function<T, V> reader,
            Function<V, Set<String>> parts,
            BiConsumer<MeterSet<V>, String> meters) {}

    private record Metered<T, V extends View<V>>(Source<T, V> source, MeterSet<V> meters, Set<String> parts) {}

    InstanceMeters(Kind<T, V> kind, MeterRegistry registry, Tags common, boolean keys) {
        this.kind = kind;
        this.registry = registry;
        this.common = common;
        this.keys = keys;
    }

    @Override
    public synchronized void added(T guard) {
        if (closed) {
            return;
        }
        Name series = seriesOf(guard);
        Metered<T, V> present = metered.get(series);
        if (present != null) {
            present.source.add(guard);
            addParts(present, guard);
            return;
        }
        Source<T, V> source = new Source<>(kind.reader, System::nanoTime);
        source.add(guard);
        MeterSet<V> meters = new MeterSet<>(registry, tagsOf(series), source);
        Metered<T, V> made = new Metered<>(source, meters, new HashSet<>());
        metered.put(series, made);
        addParts(made, guard);
    }

    /** Adds the meters of the parts that a guard has and no guard of its series had before. */
    private void addParts(Metered<T, V> series, T guard) {
        for (String part : kind.parts.apply(kind.reader.apply(guard))) {
            if (series.parts.add(part)) {
                kind.meters.accept(series.meters, part);
            }
        }
    }

    @Override
    public synchronized void configured(T guard) {
        Metered<T, V> present = metered.get(seriesOf(guard));
        if (present != null) {
            addParts(present, guard);
        }
    }

    @Override
    public synchronized void dropped(T guard) {
        Name series = seriesOf(guard);
        Metered<T, V> present = metered.get(series);
        if (present == null) {
            return;
        }
        if (keys) {
            metered.remove(series);
            present.meters.remove();
        } else {
            present.source.drop(guard);
        }
    }

    private Name seriesOf(T guard) {
        Name name = kind.name.apply(guard);
        return keys || name.key() == null ? name : name.withKey(ALL_KEYS);
    }

    private Tags tagsOf(Name series) {
        String key = series.key();
        String shown = key == null ? NO_KEY : key.equals(NO_KEY) ? "[" + key + "]" : key;
        return common.and("name", series.text(), "key", shown);
    }

    /** Removes every meter, and adds none from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        metered.values().forEach(each -> each.meters.remove());
        metered.clear();
    }
}
