package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ResilienceAutoConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class));

    @Test
    void givesEveryGuardTheDefaultsOfTheCoreWhereNothingIsConfigured() {
        runner.run(context -> {
            assertThat(context.getBean(BreakerRegistry.class).get("payments").config())
                    .isEqualTo(BreakerConfig.DEFAULTS);
            assertThat(context.getBean(BulkheadRegistry.class).get("payments").config())
                    .isEqualTo(BulkheadConfig.DEFAULTS);
        });
    }

    @Test
    void laysAnEntryOverItsTemplateAndThatOverTheDefaults() {
        runner.withPropertyValues(
                        "resilience.defaults.breaker.minimum-calls=20",
                        "resilience.defaults.breaker.failure-rate=40",
                        "resilience.defaults.breaker.window=1m",
                        "resilience.breakers.slow.failure-rate=30",
                        "resilience.breakers.slow.window=100 calls",
                        "resilience.breakers.payments.template=slow",
                        "resilience.breakers.payments.window=50 calls")
                .run(context -> assertThat(context.getBean(BreakerRegistry.class)
                                .get("payments")
                                .config())
                        .isEqualTo(BreakerConfig.DEFAULTS
                                .withWindow(WindowSize.calls(50))
                                .withTrip(BreakerConfig.DEFAULTS
                                        .trip()
                                        .withMinimumCalls(20)
                                        .withFailureRate(30))));
    }

    @Test
    void configuresBulkheads() {
        runner.withPropertyValues(
                        "resilience.defaults.bulkhead.max-concurrent=5",
                        "resilience.bulkheads.payments.max-queue=7",
                        "resilience.bulkheads.payments.max-wait=2s",
                        "resilience.bulkheads.payments.mode=shadow")
                .run(context -> assertThat(context.getBean(BulkheadRegistry.class)
                                .get("payments")
                                .config())
                        .isEqualTo(new BulkheadConfig(
                                new Enforcement(GuardMode.SHADOW, 100), 5, 7, Duration.ofSeconds(2), 1000)));
    }

    @Test
    void switchesEveryGuardOffWhereTheWholeIsNotEnabled() {
        runner.withPropertyValues("resilience.enabled=false", "resilience.breakers.payments.mode=enforce")
                .run(context -> {
                    assertThat(context.getBean(BreakerRegistry.class)
                                    .get("payments")
                                    .config()
                                    .enforcement()
                                    .isOff())
                            .isTrue();
                    assertThat(context.getBean(BulkheadRegistry.class)
                                    .get("stock")
                                    .config()
                                    .enforcement()
                                    .isOff())
                            .isTrue();
                });
    }
}
