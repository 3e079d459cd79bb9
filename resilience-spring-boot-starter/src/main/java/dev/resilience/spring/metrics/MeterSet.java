package dev.resilience.spring.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The meters of one source in one registry.
 *
 * @param <V> what they read
 */
final class MeterSet<V extends View<V>> {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Source<?, V> source;
    private final List<Meter> meters = new ArrayList<>();

    MeterSet(MeterRegistry registry, Tags tags, Source<?, V> source) {
        this.registry = registry;
        this.tags = tags;
        this.source = source;
    }

    void gauge(String name, String description, ToDoubleFunction<V> value, String... more) {
        meters.add(Gauge.builder(name, source, from -> value.applyAsDouble(from.view()))
                .description(description)
                .tags(tags.and(more))
                .register(registry));
    }

    void counter(String name, String description, ToDoubleFunction<V> count, String... more) {
        meters.add(FunctionCounter.builder(name, source, from -> count.applyAsDouble(from.view()))
                .description(description)
                .tags(tags.and(more))
                .register(registry));
    }

    void timer(String name, String description, ToLongFunction<V> count, ToDoubleFunction<V> nanos, String... more) {
        meters.add(FunctionTimer.builder(
                        name,
                        source,
                        from -> count.applyAsLong(from.view()),
                        from -> nanos.applyAsDouble(from.view()),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .tags(tags.and(more))
                .register(registry));
    }

    void remove() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
