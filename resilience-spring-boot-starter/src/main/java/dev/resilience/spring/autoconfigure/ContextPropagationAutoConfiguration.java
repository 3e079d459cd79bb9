package dev.resilience.spring.autoconfigure;

import dev.resilience.ContextCarrier;
import dev.resilience.spring.context.PropagatedContext;
import io.micrometer.context.ContextSnapshotFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What goes along where a guarded call changes threads, where Micrometer's context-propagation is there. */
@AutoConfiguration(before = ResilienceAutoConfiguration.class)
@ConditionalOnClass(ContextSnapshotFactory.class)
public final class ContextPropagationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(ContextCarrier.class)
    PropagatedContext propagatedContext() {
        return new PropagatedContext();
    }
}
