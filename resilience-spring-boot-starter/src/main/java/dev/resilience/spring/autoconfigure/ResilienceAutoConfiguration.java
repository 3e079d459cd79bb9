package dev.resilience.spring.autoconfigure;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The registries of an application's breakers and bulkheads. */
@AutoConfiguration
public final class ResilienceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    BreakerRegistry breakerRegistry() {
        return new BreakerRegistry(BreakerConfig.DEFAULTS);
    }

    @Bean
    @ConditionalOnMissingBean
    BulkheadRegistry bulkheadRegistry() {
        return new BulkheadRegistry(BulkheadConfig.DEFAULTS);
    }
}
