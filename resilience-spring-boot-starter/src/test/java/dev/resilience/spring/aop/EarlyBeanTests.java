package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.annotation.Breaker;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;

class EarlyBeanTests {

    private static final Logger LOG = Logger.getLogger(GuardPostProcessor.class.getName());

    private final List<String> warnings = new ArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().equals(Level.WARNING)) {
                warnings.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
    }

    static class Client {
        @Breaker("early")
        public void pay() {}
    }

    static class Hasty implements BeanPostProcessor, PriorityOrdered {
        Hasty(Client client) {
            assertThat(client).isNotNull();
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithEarlyBean {
        @Bean
        static Hasty hasty(Client client) {
            return new Hasty(client);
        }

        @Bean
        Client client() {
            return new Client();
        }
    }

    @Test
    void namesAnAnnotatedBeanThatWasCreatedTooEarly() {
        GuardRunner.with(WithEarlyBean.class).run(context -> {
            assertThat(AopUtils.isAopProxy(context.getBean(Client.class))).isFalse();
            assertThat(warnings)
                    .containsExactly("Bean 'client' (" + Client.class.getName()
                            + ") is not guarded, although it is annotated: it was created before guards could be put around it."
                            + " Let the post-processor or configuration that needs it take it lazily");
        });
    }

    @Test
    void warnsOfNothingElse() {
        GuardRunner.with(Client.class).run(context -> assertThat(warnings).isEmpty());
    }

    @Configuration(proxyBeanMethods = false)
    static class RegistryThatNeedsAGuardedBean {
        @Bean
        BreakerRegistry breakerRegistry(Client client) {
            assertThat(client).isNotNull();
            return new BreakerRegistry(BreakerConfig.DEFAULTS);
        }

        @Bean
        Client client() {
            return new Client();
        }
    }

    @Test
    void guardsABeanThatTheRegistryItselfNeeds() {
        GuardRunner.with(RegistryThatNeedsAGuardedBean.class).run(context -> {
            context.getBean(Client.class).pay();
            assertThat(GuardRunner.calls(context, "early")).isEqualTo(1);
            assertThat(warnings).isEmpty();
        });
    }
}
