package dev.resilience.spring.autoconfigure;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.metrics.GuardMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The meters of the guards, where there is a registry for meters. */
@AutoConfiguration(
        after = ResilienceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(MetricsProperties.class)
public final class GuardMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    GuardMeters guardMeters(
            BreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            MetricsProperties properties,
            @Value("${spring.application.name:}") String service) {
        return new GuardMeters(breakers, bulkheads, service, properties.keys());
    }
}
