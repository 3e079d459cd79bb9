package dev.resilience.spring.autoconfigure;

import dev.resilience.GuardEnvironment;
import dev.resilience.spring.http.CriticalityHeader;
import dev.resilience.spring.http.DeadlineHeader;
import dev.resilience.spring.http.OutgoingHeaders;
import dev.resilience.spring.http.OutgoingHeadersExchangeFilter;
import dev.resilience.spring.http.OutgoingHeadersInterceptor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** What sends deadlines and criticalities along with the requests of HTTP clients that Spring Boot builds. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnClass(HttpHeaders.class)
@EnableConfigurationProperties({DeadlineProperties.class, CriticalityProperties.class})
public final class OutgoingRequestsAutoConfiguration {

    private static OutgoingHeaders headers(
            DeadlineProperties deadline, CriticalityProperties criticality, GuardEnvironment environment) {
        return new OutgoingHeaders(
                deadline.send() ? new DeadlineHeader(deadline.header(), deadline.max()) : null,
                criticality.send() ? new CriticalityHeader(criticality.header()) : null,
                environment.stackTraces());
    }

    /** Holds where at least one of the two headers is sent. */
    static final class Sending extends AnyNestedCondition {

        Sending() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnBooleanProperty(name = "resilience.deadline.send", matchIfMissing = true)
        static class Deadlines {}

        @ConditionalOnBooleanProperty(name = "resilience.criticality.send", matchIfMissing = true)
        static class Criticalities {}
    }

    /** Apart, because an application can give it to clients that it builds without Spring Boot. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(Sending.class)
    static class OfBlockingClients {

        @Bean
        @ConditionalOnMissingBean
        OutgoingHeadersInterceptor outgoingHeadersInterceptor(
                DeadlineProperties deadline, CriticalityProperties criticality, GuardEnvironment environment) {
            return new OutgoingHeadersInterceptor(headers(deadline, criticality, environment));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(Sending.class)
    @ConditionalOnClass({RestClientCustomizer.class, RestClient.class})
    static class OfRestClient {

        @Bean
        @ConditionalOnMissingBean(name = "outgoingHeadersRestClientCustomizer")
        RestClientCustomizer outgoingHeadersRestClientCustomizer(OutgoingHeadersInterceptor interceptor) {
            return builder -> builder.requestInterceptor(interceptor);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(Sending.class)
    @ConditionalOnClass({RestTemplateCustomizer.class, RestTemplate.class})
    static class OfRestTemplate {

        @Bean
        @ConditionalOnMissingBean(name = "outgoingHeadersRestTemplateCustomizer")
        RestTemplateCustomizer outgoingHeadersRestTemplateCustomizer(OutgoingHeadersInterceptor interceptor) {
            return template -> template.getInterceptors().add(interceptor);
        }
    }

    /** Apart, because an application can give it to clients that it builds without Spring Boot. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(Sending.class)
    @ConditionalOnClass(WebClient.class)
    static class OfReactiveClients {

        @Bean
        @ConditionalOnMissingBean
        OutgoingHeadersExchangeFilter outgoingHeadersExchangeFilter(
                DeadlineProperties deadline, CriticalityProperties criticality, GuardEnvironment environment) {
            return new OutgoingHeadersExchangeFilter(headers(deadline, criticality, environment));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(Sending.class)
    @ConditionalOnClass({WebClientCustomizer.class, WebClient.class})
    static class OfWebClient {

        @Bean
        @ConditionalOnMissingBean(name = "outgoingHeadersWebClientCustomizer")
        WebClientCustomizer outgoingHeadersWebClientCustomizer(OutgoingHeadersExchangeFilter filter) {
            return builder -> builder.filter(filter);
        }
    }
}
