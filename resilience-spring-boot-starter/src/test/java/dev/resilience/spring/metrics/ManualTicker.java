package dev.resilience.spring.metrics;

import dev.resilience.GuardEnvironment;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is turned by hand, and registries that live by it. */
final class ManualTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong();
    private final GuardEnvironment environment = GuardEnvironment.DEFAULT.withTicker(this);

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    BreakerRegistry breakers(BreakerConfig config) {
        return new BreakerRegistry(name -> config, BreakerEnvironment.DEFAULT.withGuard(environment));
    }

    BulkheadRegistry bulkheads(BulkheadConfig config) {
        return new BulkheadRegistry(name -> config, environment);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.get());
    }
}
