package dev.resilience.spring.autoconfigure;

import dev.resilience.GuardEnvironment;
import dev.resilience.spring.aop.GuardedMethods;
import dev.resilience.spring.retry.MethodRetries;
import dev.resilience.spring.retry.RetryBudgets;
import dev.resilience.spring.retry.RetryHints;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/** The budgets of retries. Enables no retries: that is up to {@code @EnableResilientMethods}. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@EnableConfigurationProperties(RetryProperties.class)
@ImportRuntimeHints(RetryHints.class)
public final class GuardRetryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RetryBudgets retryBudgets(RetryProperties properties, GuardEnvironment environment) {
        return new RetryBudgets(properties.budget(), environment.ticker());
    }

    @Bean
    MethodRetries methodRetries(
            RetryBudgets budgets, ObjectProvider<GuardedMethods> methods, ConfigurableBeanFactory beanFactory) {
        GuardedMethods guarded = methods.getIfAvailable(GuardedMethods::new);
        return new MethodRetries(budgets, guarded::breakerOf, beanFactory::resolveEmbeddedValue);
    }
}
