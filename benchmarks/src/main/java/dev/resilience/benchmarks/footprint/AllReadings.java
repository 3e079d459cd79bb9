package dev.resilience.benchmarks.footprint;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.metrics.GuardMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads all breakers of one name, each of which was called once: by their snapshots, and by a scrape of their meters, which sums them up;
 * prints how many milliseconds each takes.
 */
public final class AllReadings {

    /** A sum is shown again for as long as this, in microseconds a breaker; a reading must come later to be one. */
    private static final long SHOWN_AGAIN = 11;

    private AllReadings() {}

    /** Measures; the arguments are how many keyed breakers and how many rounds, half of which are there to warm up. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        BreakerRegistry breakers = IdleInstances.breakers(IdleInstances.keys("tenant", count));
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new GuardMeters(breakers, new BulkheadRegistry(BulkheadConfig.DEFAULTS), "shop", false).bindTo(meters);
        PrometheusMeterRegistry ofOne = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        BreakerRegistry one = new BreakerRegistry(BreakerConfig.DEFAULTS);
        one.get(IdleInstances.NAME);
        new GuardMeters(one, new BulkheadRegistry(BulkheadConfig.DEFAULTS), "shop", false).bindTo(ofOne);
        Medians medians = new Medians();
        for (int round = 0; round < rounds; round++) {
            TimeUnit.MICROSECONDS.sleep(SHOWN_AGAIN * count);
            Map<String, Double> figures = Map.of(
                    "snapshots", snapshots(breakers, count),
                    "scrape", Scrapes.millis(meters),
                    "scrape of one", Scrapes.millis(ofOne));
            if (round >= rounds / 2) {
                medians.add(figures);
            }
        }
        ChildJvm.print("snapshots", medians.of("snapshots"));
        ChildJvm.print("scrape", medians.of("scrape"));
        ChildJvm.print("scrape of one", medians.of("scrape of one"));
    }

    private static double snapshots(BreakerRegistry breakers, int count) {
        long startedAt = System.nanoTime();
        long calls = 0;
        for (CircuitBreaker breaker :
                breakers.find(IdleInstances.NAME).orElseThrow().all()) {
            calls += breaker.snapshot().totals().calls().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
        if (calls != count) {
            throw new IllegalStateException("Read " + calls + " calls of " + count);
        }
        return (System.nanoTime() - startedAt) / 1e6;
    }
}
