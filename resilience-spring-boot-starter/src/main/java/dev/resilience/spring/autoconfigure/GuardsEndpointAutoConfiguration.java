package dev.resilience.spring.autoconfigure;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.actuate.FleetDirectory;
import dev.resilience.spring.actuate.GuardRequestAdvisor;
import dev.resilience.spring.actuate.GuardWriteAccess;
import dev.resilience.spring.actuate.GuardsEndpoint;
import dev.resilience.spring.actuate.GuardsJmxExtension;
import dev.resilience.spring.actuate.GuardsWebExtension;
import dev.resilience.spring.aop.GuardedMethods;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The Actuator endpoint {@code guards}, where it is exposed. */
@AutoConfiguration(
        after = {ResilienceAutoConfiguration.class, GuardAopAutoConfiguration.class, FleetAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public final class GuardsEndpointAutoConfiguration {

    /** What the meters say too of an application without a name. */
    private static final String UNNAMED = "none";

    /** Looked at only where Actuator is there, because its condition is Actuator's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(GuardsEndpoint.class)
    static class ExposedEndpointConfiguration {

        @Bean
        @ConditionalOnMissingBean
        GuardsEndpoint guardsEndpoint(
                Environment environment,
                BreakerRegistry breakers,
                BulkheadRegistry bulkheads,
                ObjectProvider<GuardedMethods> methods,
                ObjectProvider<FleetDirectory> fleet) {
            String service = environment.getProperty("spring.application.name", "");
            return new GuardsEndpoint(
                    service.isBlank() ? UNNAMED : service,
                    breakers,
                    bulkheads,
                    new AnnotatedMethods(methods.getIfAvailable()),
                    fleet.getIfAvailable(() -> FleetDirectory.NONE));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
        GuardsWebExtension guardsWebExtension(GuardsEndpoint endpoint, ApplicationEventPublisher publisher) {
            return new GuardsWebExtension(endpoint, publisher);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.JMX)
        GuardsJmxExtension guardsJmxExtension(GuardsEndpoint endpoint) {
            return new GuardsJmxExtension(endpoint);
        }

        @Bean
        GuardRequestAdvisor guardRequestAdvisor() {
            return new GuardRequestAdvisor();
        }

        @Bean
        GuardWriteAccess guardWriteAccess(Environment environment) {
            return new GuardWriteAccess(environment);
        }
    }
}
