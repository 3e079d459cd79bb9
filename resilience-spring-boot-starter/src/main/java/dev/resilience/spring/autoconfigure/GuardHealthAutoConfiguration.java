package dev.resilience.spring.autoconfigure;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.health.BreakersHealthIndicator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health indicator {@code breakers}. */
@AutoConfiguration(
        after = ResilienceAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass(HealthIndicator.class)
@EnableConfigurationProperties(HealthProperties.class)
public final class GuardHealthAutoConfiguration {

    /** Apart, because its condition can be read only where Spring Boot's health module is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnEnabledHealthIndicator("breakers")
    static class Indicator {

        @Bean
        @ConditionalOnMissingBean(name = "breakersHealthIndicator")
        BreakersHealthIndicator breakersHealthIndicator(
                BreakerRegistry breakers, HealthProperties properties, ObjectProvider<FleetStatus> fleet) {
            return new BreakersHealthIndicator(breakers, properties.downWhenOpen(), () -> {
                FleetStatus status = fleet.getIfAvailable();
                return status == null ? null : status.words();
            });
        }
    }
}
