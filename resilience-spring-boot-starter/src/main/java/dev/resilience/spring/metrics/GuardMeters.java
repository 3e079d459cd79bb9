package dev.resilience.spring.metrics;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meters of all breakers and bulkheads, read from what the core counts anyway: a call pays nothing for them.
 *
 * <table>
 * <caption>Meters, and their tags beyond the common ones</caption>
 * <tr><th>meter</th><th>kind</th><th>further tags</th></tr>
 * <tr><td>{@code resilience.breaker.calls}</td><td>timer</td>
 *     <td>{@code outcome}: success, failure, timeout, cancelled, ignored</td></tr>
 * <tr><td>{@code resilience.breaker.slow.calls}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code resilience.breaker.rejected}</td><td>counter</td>
 *     <td>{@code reason}: open, half_open, recovering, forced_open; {@code enforced}: true, false</td></tr>
 * <tr><td>{@code resilience.breaker.state}</td><td>gauge: breakers in the state, for a single one 0 or 1</td>
 *     <td>{@code state}: closed, open, half_open, recovering, forced_open, forced_closed</td></tr>
 * <tr><td>{@code resilience.breaker.failure.rate}</td><td>gauge: percent, NaN under {@code minimum-calls}</td><td></td></tr>
 * <tr><td>{@code resilience.breaker.slow.rate}</td><td>gauge: percent, NaN under {@code minimum-calls}</td><td></td></tr>
 * <tr><td>{@code resilience.breaker.saturation.rate}</td>
 *     <td>gauge: percent, NaN under {@code minimum-calls} and where it is not watched</td><td></td></tr>
 * <tr><td>{@code resilience.breaker.concurrent}</td><td>gauge: permitted calls that have not ended</td><td></td></tr>
 * <tr><td>{@code resilience.breaker.transitions}</td><td>counter</td><td>{@code to}: as {@code state}</td></tr>
 * <tr><td>{@code resilience.bulkhead.concurrent}</td><td>gauge: calls under way</td><td></td></tr>
 * <tr><td>{@code resilience.bulkhead.limit}</td><td>gauge: calls at once; of a criticality, the places of its share</td><td></td></tr>
 * <tr><td>{@code resilience.bulkhead.queue.depth}</td><td>gauge: callers that wait</td><td></td></tr>
 * <tr><td>{@code resilience.bulkhead.wait}</td><td>timer: callers that have been in the queue</td><td></td></tr>
 * <tr><td>{@code resilience.bulkhead.held}</td><td>timer: places that were given back</td><td></td></tr>
 * <tr><td>{@code resilience.bulkhead.rejected}</td><td>counter</td>
 *     <td>{@code reason}: full, wait_timeout, deadline; {@code enforced}: true, false</td></tr>
 * <tr><td>{@code resilience.bulkhead.evictions}</td><td>counter: callers that left the queue because their breaker opened</td>
 *     <td></td></tr>
 * </table>
 *
 * <p>All carry {@code service}, {@code language} (java), {@code name} and {@code key}, those of bulkheads also {@code criticality};
 * {@code none} where there is no value. Each criticality with a share has its own series; those with {@code none} are of all other
 * callers, with the whole limit. The instances of the keys of a name are one sum under the key {@code *}: states are counted,
 * rates are those of all calls in the windows that say something, and the counts of an instance that was dropped stay in the sum.
 * On demand each key has its own series instead, which goes when the instance is dropped.
 *
 * <p>Safe for use by many threads.
 */
public final class GuardMeters implements MeterBinder, AutoCloseable {

    private final BreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final Tags common;
    private final boolean keys;
    private final List<InstanceMeters<?, ?>> bound = new CopyOnWriteArrayList<>();

    /**
     * Creates the meters; {@link #bindTo} puts them into a registry.
     *
     * @param service name of the application; empty where it has none
     * @param keys whether each key has its own series
     */
    public GuardMeters(BreakerRegistry breakers, BulkheadRegistry bulkheads, String service, boolean keys) {
        this.breakers = breakers;
        this.bulkheads = bulkheads;
        this.common = Tags.of("service", service.isEmpty() ? "none" : service, "language", "java");
        this.keys = keys;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        var ofBreakers = new InstanceMeters<>(BreakerMeters.KIND, registry, common, keys);
        var ofBulkheads = new InstanceMeters<>(BulkheadMeters.KIND, registry, common, keys);
        bound.add(ofBreakers);
        bound.add(ofBulkheads);
        breakers.addListener(ofBreakers);
        bulkheads.addListener(ofBulkheads);
    }

    /** Takes all meters out of the registries. */
    @Override
    public void close() {
        bound.forEach(InstanceMeters::close);
    }
}
