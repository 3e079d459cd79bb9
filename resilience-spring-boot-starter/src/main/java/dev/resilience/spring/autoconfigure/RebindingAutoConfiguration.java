package dev.resilience.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;

/** Follows changes of the configuration at run time, where Spring Cloud Context tells of them. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnClass(EnvironmentChangeEvent.class)
public final class RebindingAutoConfiguration {

    @Bean
    RuntimeRebinding resilienceRebinding(
            ConfigurationReader reader, ConfiguredGuards guards, ResilienceConfiguration atStart) {
        return new RuntimeRebinding(reader, guards, atStart);
    }
}
