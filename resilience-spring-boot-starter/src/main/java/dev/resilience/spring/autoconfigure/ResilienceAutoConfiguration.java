package dev.resilience.spring.autoconfigure;

import dev.resilience.ContextCarrier;
import dev.resilience.GuardEnvironment;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerFailureClassifier;
import dev.resilience.breaker.BreakerListener;
import dev.resilience.breaker.RetryAfterRule;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.lifecycle.BulkheadShutdown;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ResourceLoader;

/** The registries of an application's breakers and bulkheads, with what is configured under {@code resilience}. */
@AutoConfiguration
@Import({
    HttpAnswers.OfRestClient.class,
    HttpAnswers.OfWebClient.class,
    HttpAnswers.OfFeign.class,
    HttpRetryAfter.OfRestClient.class,
    HttpRetryAfter.OfWebClient.class,
    HttpRetryAfter.OfFeign.class
})
@ImportRuntimeHints(PropertiesHints.class)
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
    StrictNames strictNames(ResilienceConfiguration configuration) {
        return new StrictNames(configuration);
    }

    @Bean
    @ConditionalOnMissingBean
    GuardEnvironment guardEnvironment(ResilienceConfiguration configuration, ObjectProvider<ContextCarrier> carriers) {
        return GuardEnvironment.DEFAULT
                .withStackTraces(configuration.stackTraces())
                .withContext(carriers.getIfAvailable(() -> ContextCarrier.NONE));
    }

    @Bean
    @ConditionalOnMissingBean
    BreakerEnvironment breakerEnvironment(
            GuardEnvironment environment,
            ObjectProvider<BreakerFailureClassifier> classifiers,
            ObjectProvider<AnswerRule> answers,
            ObjectProvider<RetryAfterRule> waits,
            ObjectProvider<BreakerListener> listeners) {
        List<AnswerRule> rules = answers.orderedStream().toList();
        return BreakerEnvironment.DEFAULT
                .withGuard(environment)
                .withClassifiers(classifiers.orderedStream().toList())
                .withRetryAfter(new FirstWait(waits.orderedStream().toList()))
                .withListener(new BreakerListeners(listeners))
                .withStandard(
                        (result, thrown) -> thrown != null && rules.stream().anyMatch(rule -> rule.isAnswer(thrown))
                                ? Outcome.SUCCESS
                                : null);
    }

    @Bean
    @ConditionalOnMissingBean
    BreakerRegistry breakerRegistry(ResilienceConfiguration configuration, BreakerEnvironment environment) {
        return new BreakerRegistry(configuration.breakers(), environment);
    }

    @Bean
    @ConditionalOnMissingBean
    BulkheadRegistry bulkheadRegistry(ResilienceConfiguration configuration, GuardEnvironment environment) {
        return new BulkheadRegistry(configuration.bulkheads(), environment);
    }

    @Bean
    @ConditionalOnMissingBean
    BulkheadShutdown bulkheadShutdown(BulkheadRegistry bulkheads) {
        return new BulkheadShutdown(bulkheads);
    }

    @Bean
    ConfiguredGuards configuredGuards(BreakerRegistry breakers, BulkheadRegistry bulkheads) {
        return new ConfiguredGuards(breakers, bulkheads);
    }

    /** Not lazy, so that wrong configuration stops the start of an application that makes its beans on demand. */
    @Bean
    @Lazy(false)
    SmartInitializingSingleton configuredGuardsMaker(ConfiguredGuards guards, ResilienceConfiguration configuration) {
        return () -> guards.make(configuration);
    }
}
