package dev.resilience.spring.metrics;

import dev.resilience.Name;
import dev.resilience.registry.InstanceListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
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
     * @param meters fills a set with the meters of the kind
     */
    record Kind<T, V extends View<V>>(Function<T, Name> name, Function<T, V> reader, Consumer<MeterSet<V>> meters) {}

    private record Metered<T, V extends View<V>>(Source<T, V> source, MeterSet<V> meters) {}

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
            return;
        }
        Source<T, V> source = new Source<>(kind.reader, System::nanoTime);
        source.add(guard);
        MeterSet<V> meters = new MeterSet<>(registry, tagsOf(series), source);
        metered.put(series, new Metered<>(source, meters));
        kind.meters.accept(meters);
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
