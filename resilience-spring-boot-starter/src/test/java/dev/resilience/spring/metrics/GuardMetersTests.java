package dev.resilience.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardMetersTests {

    private final BreakerRegistry breakers = new BreakerRegistry(BreakerConfig.DEFAULTS);
    private final BulkheadRegistry bulkheads = new BulkheadRegistry(BulkheadConfig.DEFAULTS);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GuardMeters meters = new GuardMeters(breakers, bulkheads, "shop", false);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void countsCallsByOutcome() throws Exception {
        meters.bindTo(registry);
        breakers.get("payments").call(() -> "paid");
        assertThat(registry.get("resilience.breaker.calls")
                        .tags("name", "payments", "key", "none", "outcome", "success", "service", "shop")
                        .functionTimer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void leavesNoMeterBehind() {
        meters.bindTo(registry);
        breakers.get("payments", "eu-1");
        bulkheads.get("payments");
        assertThat(registry.getMeters()).isNotEmpty();
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
    }
}
