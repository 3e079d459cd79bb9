package dev.resilience.spring.autoconfigure;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.aop.GuardPostProcessor;
import dev.resilience.spring.aop.GuardedMethods;
import dev.resilience.spring.aop.NamePolicy;
import dev.resilience.spring.aop.Registries;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Guards the beans whose methods are annotated. Comes first, because what is both annotated and configured is spelt as the annotation
 * has it.
 */
@AutoConfiguration(before = ResilienceAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "resilience.enabled", matchIfMissing = true)
public final class GuardAopAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardedMethods guardedMethods() {
        return new GuardedMethods();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static GuardPostProcessor guardPostProcessor(
            ObjectProvider<BreakerRegistry> breakers,
            ObjectProvider<BulkheadRegistry> bulkheads,
            ObjectProvider<NamePolicy> policies,
            GuardedMethods methods,
            Environment environment) {
        NamePolicy policy =
                (kind, name, place) -> policies.orderedStream().forEach(each -> each.check(kind, name, place));
        GuardPostProcessor processor =
                new GuardPostProcessor(new Registries(breakers::getObject, bulkheads::getObject), methods, policy);
        processor.setProxyTargetClass(environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
        return processor;
    }
}
