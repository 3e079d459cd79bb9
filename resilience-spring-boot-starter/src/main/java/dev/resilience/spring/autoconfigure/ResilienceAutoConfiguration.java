package dev.resilience.spring.autoconfigure;

import dev.resilience.GuardEnvironment;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerFailureClassifier;
import dev.resilience.breaker.BreakerListener;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/** The registries of an application's breakers and bulkheads, with what is configured under {@code resilience}. */
@AutoConfiguration
public final class ResilienceAutoConfiguration {

    @Bean
    ConfigurationReader resilienceConfigurationReader(ConfigurableEnvironment environment, ResourceLoader resources) {
        return new ConfigurationReader(environment, resources.getClassLoader());
    }

    @Bean
    ResilienceConfiguration resilienceConfiguration(ConfigurationReader reader) {
        return reader.read();
    }

    @Bean
    @ConditionalOnMissingBean
    GuardEnvironment guardEnvironment(ResilienceConfiguration configuration) {
        return GuardEnvironment.DEFAULT.withStackTraces(configuration.stackTraces());
    }

    @Bean
    @ConditionalOnMissingBean
    BreakerRegistry breakerRegistry(
            ResilienceConfiguration configuration,
            GuardEnvironment environment,
            ObjectProvider<BreakerFailureClassifier> classifiers,
            ObjectProvider<BreakerListener> listeners) {
        return new BreakerRegistry(
                configuration.breakers(),
                BreakerEnvironment.DEFAULT
                        .withGuard(environment)
                        .withClassifiers(classifiers.orderedStream().toList())
                        .withListener(new BreakerListeners(listeners)));
    }

    @Bean
    @ConditionalOnMissingBean
    BulkheadRegistry bulkheadRegistry(ResilienceConfiguration configuration, GuardEnvironment environment) {
        return new BulkheadRegistry(configuration.bulkheads(), environment);
    }
}
