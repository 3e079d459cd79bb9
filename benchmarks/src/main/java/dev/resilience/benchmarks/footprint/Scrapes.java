package dev.resilience.benchmarks.footprint;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.metrics.GuardMeters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scrapes the meters of so many names of breakers, and in turn as many meters of the same kinds, names and tags that read one number
 * each: what Micrometer takes whatever is behind the meters.
 */
public final class Scrapes {

    private Scrapes() {}

    /** Measures; the arguments are how many names and how many rounds, half of which are there to warm up. */
    public static void main(String[] arguments) {
        int names = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        BreakerRegistry breakers = new BreakerRegistry(BreakerConfig.DEFAULTS);
        for (int name = 0; name < names; name++) {
            breakers.get("payments-" + name);
        }
        PrometheusMeterRegistry guards = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new GuardMeters(breakers, new BulkheadRegistry(BulkheadConfig.DEFAULTS), "shop", false).bindTo(guards);
        AtomicLong number = new AtomicLong(1);
        PrometheusMeterRegistry numbers = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        guards.getMeters().forEach(meter -> copy(meter, number, numbers));
        Medians medians = new Medians();
        for (int round = 0; round < rounds; round++) {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("guards", millis(guards));
            figures.put("numbers", millis(numbers));
            if (round >= rounds / 2) {
                medians.add(figures);
            }
        }
        ChildJvm.print("meters", guards.getMeters().size());
        ChildJvm.print("guards", medians.of("guards"));
        ChildJvm.print("numbers", medians.of("numbers"));
    }

    private static void copy(Meter meter, AtomicLong number, PrometheusMeterRegistry registry) {
        Meter.Id id = meter.getId();
        if (meter instanceof FunctionTimer) {
            FunctionTimer.builder(id.getName(), number, AtomicLong::get, AtomicLong::get, TimeUnit.NANOSECONDS)
                    .description(id.getDescription())
                    .tags(id.getTags())
                    .register(registry);
        } else if (meter instanceof FunctionCounter) {
            FunctionCounter.builder(id.getName(), number, AtomicLong::get)
                    .description(id.getDescription())
                    .tags(id.getTags())
                    .register(registry);
        } else {
            Gauge.builder(id.getName(), number, AtomicLong::get)
                    .description(id.getDescription())
                    .tags(id.getTags())
                    .register(registry);
        }
    }

    static double millis(PrometheusMeterRegistry registry) {
        long startedAt = System.nanoTime();
        if (registry.scrape().isEmpty()) {
            throw new IllegalStateException("Nothing to scrape");
        }
        return (System.nanoTime() - startedAt) / 1e6;
    }
}
