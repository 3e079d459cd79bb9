package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.metrics.GuardMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GuardMetricsAutoConfigurationTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ApplicationContextRunner bare = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, GuardMetricsAutoConfiguration.class));
    private final ApplicationContextRunner runner = bare.withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
            .withBean(MeterRegistry.class, () -> registry);

    @Test
    void fillsTheRegistryOfTheApplication() {
        runner.withPropertyValues("spring.application.name=shop").run(context -> {
            context.getBean(BreakerRegistry.class).get("payments");
            assertThat(registry.get("resilience.breaker.concurrent")
                            .tags("service", "shop", "name", "payments")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    void leavesNoMeterInARegistryThatOutlivesTheContext() {
        runner.run(context -> {
            context.getBean(BreakerRegistry.class).get("payments", "eu-1");
            context.getBean(BulkheadRegistry.class).get("payments");
            assertThat(registry.find("resilience.breaker.concurrent").gauges()).hasSize(2);
        });
        assertThat(registry.getMeters())
                .noneMatch(meter -> meter.getId().getName().startsWith("resilience"));
    }

    @Test
    void givesEachKeyItsOwnSeriesOnDemand() {
        runner.withPropertyValues("resilience.metrics.keys=true").run(context -> {
            context.getBean(BreakerRegistry.class).get("payments", "eu-1");
            assertThat(registry.find("resilience.breaker.concurrent")
                            .tag("key", "eu-1")
                            .gauge())
                    .isNotNull();
        });
    }

    @Test
    void givesWayToMetersOfTheUser() {
        runner.withBean(
                        "own",
                        GuardMeters.class,
                        () -> new GuardMeters(
                                new BreakerRegistry(dev.resilience.breaker.BreakerConfig.DEFAULTS),
                                new BulkheadRegistry(dev.resilience.bulkhead.BulkheadConfig.DEFAULTS),
                                "",
                                false))
                .run(context ->
                        assertThat(context).getBeanNames(GuardMeters.class).containsExactly("own"));
    }

    @Test
    void hasNoMetersWithoutARegistry() {
        bare.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(GuardMeters.class));
    }

    @Test
    void startsWithoutMicrometer() {
        bare.withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(BreakerRegistry.class)
                        .doesNotHaveBean("guardMeters"));
    }

    @Test
    void startsWithoutSpringBootsMetrics() {
        bare.withBean(MeterRegistry.class, () -> registry)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(GuardMeters.class));
    }

    @Test
    void refusesASwitchThatIsNeitherTrueNorFalse() {
        runner.withPropertyValues("resilience.metrics.keys=maybe")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("'maybe'"));
    }
}
