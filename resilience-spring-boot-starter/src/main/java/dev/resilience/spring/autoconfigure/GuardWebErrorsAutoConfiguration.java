package dev.resilience.spring.autoconfigure;

import dev.resilience.spring.web.RejectionExceptionResolver;
import dev.resilience.spring.web.RejectionWebExceptionHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** The HTTP answers to rejected calls. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@EnableConfigurationProperties(WebProperties.class)
public final class GuardWebErrorsAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "resilience.web.error-responses", matchIfMissing = true)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(DispatcherServlet.class)
    static class WebMvc {

        @Bean
        @ConditionalOnMissingBean
        RejectionExceptionResolver rejectionExceptionResolver(ObjectProvider<RequestMappingHandlerAdapter> adapters) {
            return new RejectionExceptionResolver(() -> adapters.getObject().getMessageConverters());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "resilience.web.error-responses", matchIfMissing = true)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(DispatcherHandler.class)
    static class WebFlux {

        @Bean
        @ConditionalOnMissingBean
        RejectionWebExceptionHandler rejectionWebExceptionHandler(ServerCodecConfigurer codecs) {
            return new RejectionWebExceptionHandler(codecs);
        }
    }
}
