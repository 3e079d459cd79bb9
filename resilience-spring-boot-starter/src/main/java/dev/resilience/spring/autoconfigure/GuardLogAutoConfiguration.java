package dev.resilience.spring.autoconfigure;

import dev.resilience.spring.log.TransitionLog;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The log of transitions. */
@AutoConfiguration
public final class GuardLogAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TransitionLog transitionLog() {
        return new TransitionLog();
    }
}
