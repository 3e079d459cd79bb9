package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Ticker;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.http.IncomingHeaders;
import dev.resilience.spring.http.IncomingHeadersFilter;
import dev.resilience.spring.http.IncomingHeadersWebFilter;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class IncomingRequestsAutoConfigurationTests {

    private static final AutoConfigurations OURS =
            AutoConfigurations.of(ResilienceAutoConfiguration.class, IncomingRequestsAutoConfiguration.class);

    private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(OURS);
    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(OURS);
    private final ReactiveWebApplicationContextRunner reactive =
            new ReactiveWebApplicationContextRunner().withConfiguration(OURS);

    @Test
    void followsNobodyUnlessToldTo() {
        servlet.run(context -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class));
        reactive.run(context -> assertThat(context).doesNotHaveBean(IncomingHeadersWebFilter.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resilience.deadline.accept=true", "resilience.criticality.accept=true"})
    void followsEitherHeader(String property) {
        servlet.withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasSingleBean(FilterRegistrationBean.class)
                        .doesNotHaveBean(IncomingHeadersWebFilter.class));
        reactive.withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasSingleBean(IncomingHeadersWebFilter.class)
                        .doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void countsTheTimeOfSpringSecurityTooAndHoldsForEveryKindOfDispatch() {
        servlet.withPropertyValues("resilience.deadline.accept=true").run(context -> {
            FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
            assertThat(registration.getOrder()).isLessThan(SecurityFilterProperties.DEFAULT_FILTER_ORDER);
            assertThat(registration.determineDispatcherTypes()).contains(DispatcherType.ASYNC, DispatcherType.ERROR);
        });
    }

    @Test
    void givesWayToAFilterOfTheUser() {
        servlet.withPropertyValues("resilience.deadline.accept=true")
                .withUserConfiguration(OwnFilter.class)
                .run(context -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class));
        servlet.withPropertyValues("resilience.deadline.accept=true")
                .withUserConfiguration(OwnRegistration.class)
                .run(context -> assertThat(context)
                        .getBeanNames(FilterRegistrationBean.class)
                        .containsExactly("own"));
        reactive.withPropertyValues("resilience.deadline.accept=true")
                .withBean("own", IncomingHeadersWebFilter.class, () -> new IncomingHeadersWebFilter(nobody()))
                .run(context -> assertThat(context)
                        .getBeanNames(IncomingHeadersWebFilter.class)
                        .containsExactly("own"));
    }

    private static IncomingHeaders nobody() {
        return new IncomingHeaders(null, null, Ticker.system());
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFilter {

        @Bean
        IncomingHeadersFilter own() {
            return new IncomingHeadersFilter(nobody());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistration {

        @Bean
        FilterRegistrationBean<IncomingHeadersFilter> own() {
            return new FilterRegistrationBean<>(new IncomingHeadersFilter(nobody()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deadline.header|X Timeout",
                "deadline.header|X-Timeout:",
                "deadline.header|Zeit\u00fcberschreitung",
                "criticality.header|X-\u202eCriticality",
                "criticality.header|\"quoted\"",
            })
    void refusesWhatIsNoNameOfAHeader(String key, String value) {
        plain.withPropertyValues("resilience." + key + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("Property resilience." + key + " with value '" + value + "' is invalid: "
                                + "must be a header name as RFC 9110 has it: "
                                + "1 to 100 letters, digits and !#$%&'*+.^_`|~-"));
    }

    @ParameterizedTest
    @CsvSource({"0s, PT0S", "-1s, PT-1S", "366d, PT8784H"})
    void refusesALongestTimeOutOfItsRange(String written, String value) {
        plain.withPropertyValues("resilience.deadline.max=" + written)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("Property resilience.deadline.max with value '" + value
                                + "' is invalid: must be a duration above 0 and at most 365d"));
    }

    @Test
    void startsWithoutTheWeb() {
        plain.withPropertyValues("resilience.deadline.accept=true")
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.web", "org.springframework.http", "jakarta"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(BreakerRegistry.class));
    }

    @Test
    void startsOnReactiveServersWithoutServlets() {
        reactive.withPropertyValues("resilience.deadline.accept=true")
                .withClassLoader(new FilteredClassLoader("jakarta.servlet"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(IncomingHeadersWebFilter.class));
    }

    @Test
    void startsOnServletsWithoutReactor() {
        servlet.withPropertyValues("resilience.deadline.accept=true")
                .withClassLoader(new FilteredClassLoader("reactor", "org.springframework.web.reactive"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FilterRegistrationBean.class));
    }
}
