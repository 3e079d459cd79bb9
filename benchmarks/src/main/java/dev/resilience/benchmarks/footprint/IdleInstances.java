package dev.resilience.benchmarks.footprint;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.metrics.GuardMeters;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.Reference;
import java.util.List;

/** Makes guards for so many keys, each of which was called once, and prints the bytes that each has added to the heap. */
public final class IdleInstances {

    static final String NAME = "payments";

    private IdleInstances() {}

    /** Which guards there are, and with what. */
    enum Kind {
        BREAKERS("breakers, this project"),
        BREAKERS_WITH_METERS("breakers, this project, meters summed by name"),
        BULKHEADS("bulkheads, this project"),
        RESILIENCE4J_BREAKERS("breakers, Resilience4j, window of 30 s"),
        RESILIENCE4J_BREAKERS_WITH_METERS("breakers, Resilience4j, meters of each"),
        RESILIENCE4J_BULKHEADS("bulkheads, Resilience4j"),
        RESILIENCE4J_BULKHEADS_WITH_METERS("bulkheads, Resilience4j, meters of each");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Measures; the arguments are the {@link Kind} and how many instances. */
    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[0]);
        String[] keys = keys("tenant", Integer.parseInt(arguments[1]));
        make(kind, keys("warm", 10)); // loads the classes
        long before = LiveHeap.bytes();
        Object guards = make(kind, keys);
        try {
            ChildJvm.print("bytes", (double) (LiveHeap.bytes() - before) / keys.length);
        } finally {
            Reference.reachabilityFence(guards);
            Reference.reachabilityFence(keys);
        }
    }

    static String[] keys(String prefix, int count) {
        String[] keys = new String[count];
        for (int key = 0; key < count; key++) {
            keys[key] = prefix + '-' + key;
        }
        return keys;
    }

    private static Object make(Kind kind, String... keys) throws Exception {
        return switch (kind) {
            case BREAKERS -> breakers(keys);
            case BREAKERS_WITH_METERS -> metered(breakers(keys));
            case BULKHEADS -> bulkheads(keys);
            case RESILIENCE4J_BREAKERS, RESILIENCE4J_BREAKERS_WITH_METERS -> peerBreakers(kind, keys);
            case RESILIENCE4J_BULKHEADS, RESILIENCE4J_BULKHEADS_WITH_METERS -> peerBulkheads(kind, keys);
        };
    }

    static BreakerRegistry breakers(String... keys) throws Exception {
        BreakerRegistry registry = new BreakerRegistry(BreakerConfig.DEFAULTS.withMaxKeys(keys.length));
        for (String key : keys) {
            registry.get(NAME, key).call(() -> key);
        }
        return registry;
    }

    static BulkheadRegistry bulkheads(String... keys) throws Exception {
        BulkheadRegistry registry = new BulkheadRegistry(BulkheadConfig.DEFAULTS.withMaxKeys(keys.length));
        for (String key : keys) {
            registry.get(NAME, key).call(() -> key);
        }
        return registry;
    }

    private static List<Object> metered(BreakerRegistry breakers) {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new GuardMeters(breakers, new BulkheadRegistry(BulkheadConfig.DEFAULTS), "shop", false).bindTo(meters);
        return List.of(breakers, meters);
    }

    private static List<Object> peerBreakers(Kind kind, String... keys) throws Exception {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(30, 20, SlidingWindowType.TIME_BASED)
                .build());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        if (kind == Kind.RESILIENCE4J_BREAKERS_WITH_METERS) {
            TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
        }
        for (String key : keys) {
            CircuitBreaker breaker = registry.circuitBreaker(key);
            breaker.executeCallable(() -> key);
        }
        return List.of(registry, meters);
    }

    private static List<Object> peerBulkheads(Kind kind, String... keys) throws Exception {
        io.github.resilience4j.bulkhead.BulkheadRegistry registry =
                io.github.resilience4j.bulkhead.BulkheadRegistry.ofDefaults();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        if (kind == Kind.RESILIENCE4J_BULKHEADS_WITH_METERS) {
            TaggedBulkheadMetrics.ofBulkheadRegistry(registry).bindTo(meters);
        }
        for (String key : keys) {
            Bulkhead bulkhead = registry.bulkhead(key);
            bulkhead.executeCallable(() -> key);
        }
        return List.of(registry, meters);
    }
}
