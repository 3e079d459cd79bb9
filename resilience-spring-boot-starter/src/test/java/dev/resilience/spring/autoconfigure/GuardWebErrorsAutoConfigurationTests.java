package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.web.RejectionExceptionResolver;
import dev.resilience.spring.web.RejectionWebExceptionHandler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

class GuardWebErrorsAutoConfigurationTests {

    private static final AutoConfigurations OURS =
            AutoConfigurations.of(ResilienceAutoConfiguration.class, GuardWebErrorsAutoConfiguration.class);

    private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(OURS);
    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(OURS);
    private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
            .withConfiguration(OURS)
            .withConfiguration(AutoConfigurations.of(CodecsAutoConfiguration.class, WebFluxAutoConfiguration.class));

    @Test
    void answersInSpringMvcOnly() {
        servlet.run(context -> assertThat(context)
                .hasSingleBean(RejectionExceptionResolver.class)
                .doesNotHaveBean(RejectionWebExceptionHandler.class));
    }

    @Test
    void answersInWebFluxOnly() {
        reactive.run(context -> assertThat(context)
                .hasSingleBean(RejectionWebExceptionHandler.class)
                .doesNotHaveBean(RejectionExceptionResolver.class));
    }

    @Test
    void canBeTurnedOff() {
        servlet.withPropertyValues("resilience.web.error-responses=false")
                .run(context -> assertThat(context).doesNotHaveBean(RejectionExceptionResolver.class));
        reactive.withPropertyValues("resilience.web.error-responses=false")
                .run(context -> assertThat(context).doesNotHaveBean(RejectionWebExceptionHandler.class));
    }

    @Test
    void givesWayToAResolverOfTheUser() {
        servlet.withBean("own", RejectionExceptionResolver.class, () -> new RejectionExceptionResolver(List::of))
                .run(context -> assertThat(context)
                        .getBeanNames(RejectionExceptionResolver.class)
                        .containsExactly("own"));
    }

    @Test
    void startsWithoutAWebServer() {
        plain.withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http", "jakarta"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(BreakerRegistry.class));
    }

    @Test
    void startsOnServletsWithoutSpringMvc() {
        servlet.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionExceptionResolver.class));
    }

    @Test
    void startsOnReactiveServersWithoutWebFlux() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(OURS)
                .withClassLoader(new FilteredClassLoader(DispatcherHandler.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionWebExceptionHandler.class));
    }
}
