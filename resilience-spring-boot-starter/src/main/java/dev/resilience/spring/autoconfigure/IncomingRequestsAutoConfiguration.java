package dev.resilience.spring.autoconfigure;

import dev.resilience.GuardEnvironment;
import dev.resilience.spring.http.CriticalityHeader;
import dev.resilience.spring.http.DeadlineHeader;
import dev.resilience.spring.http.IncomingHeaders;
import dev.resilience.spring.http.IncomingHeadersFilter;
import dev.resilience.spring.http.IncomingHeadersWebFilter;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The filters that follow the deadlines and criticalities of requests from outside, where that is wanted. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnClass(HttpHeaders.class)
@EnableConfigurationProperties({DeadlineProperties.class, CriticalityProperties.class})
public final class IncomingRequestsAutoConfiguration {

    private static IncomingHeaders headers(
            DeadlineProperties deadline, CriticalityProperties criticality, GuardEnvironment environment) {
        return new IncomingHeaders(
                deadline.accept() ? new DeadlineHeader(deadline.header(), deadline.max()) : null,
                criticality.accept() ? new CriticalityHeader(criticality.header()) : null,
                environment.ticker());
    }

    /** Holds where at least one of the two headers is followed. */
    static final class Accepting extends AnyNestedCondition {

        Accepting() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnBooleanProperty("resilience.deadline.accept")
        static class Deadlines {}

        @ConditionalOnBooleanProperty("resilience.criticality.accept")
        static class Criticalities {}
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(Accepting.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
    static class OnServlets {

        @Bean
        @ConditionalOnMissingBean(
                value = IncomingHeadersFilter.class,
                parameterizedContainer = FilterRegistrationBean.class)
        FilterRegistrationBean<IncomingHeadersFilter> incomingHeadersFilter(
                DeadlineProperties deadline, CriticalityProperties criticality, GuardEnvironment environment) {
            FilterRegistrationBean<IncomingHeadersFilter> registration = new FilterRegistrationBean<>(
                    new IncomingHeadersFilter(headers(deadline, criticality, environment)));
            registration.setOrder(IncomingHeaders.FILTER_ORDER);
            return registration;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(Accepting.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass({WebFilter.class, Mono.class})
    static class OnWebFlux {

        @Bean
        @ConditionalOnMissingBean
        IncomingHeadersWebFilter incomingHeadersWebFilter(
                DeadlineProperties deadline, CriticalityProperties criticality, GuardEnvironment environment) {
            return new IncomingHeadersWebFilter(headers(deadline, criticality, environment));
        }
    }
}
