package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.actuate.GuardsEndpoint;
import dev.resilience.spring.actuate.GuardsJmxExtension;
import dev.resilience.spring.actuate.GuardsWebExtension;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

class GuardsEndpointAutoConfigurationTests {

    private static final AutoConfigurations OURS = AutoConfigurations.of(
            ResilienceAutoConfiguration.class, GuardAopAutoConfiguration.class, GuardsEndpointAutoConfiguration.class);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withInitializer(GuardsEndpointAutoConfigurationTests::convertAsAnApplicationDoes)
            .withConfiguration(OURS)
            .withConfiguration(
                    AutoConfigurations.of(EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=guards");

    private final ApplicationContextRunner jmx = new ApplicationContextRunner()
            .withInitializer(GuardsEndpointAutoConfigurationTests::convertAsAnApplicationDoes)
            .withConfiguration(OURS)
            .withConfiguration(AutoConfigurations.of(
                    EndpointAutoConfiguration.class, JmxAutoConfiguration.class, JmxEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "spring.jmx.enabled=true",
                    "management.endpoints.jmx.exposure.include=guards",
                    "management.endpoints.jmx.domain=guards.test",
                    "management.endpoint.guards.access=unrestricted",
                    "spring.application.name=shop");

    private static void convertAsAnApplicationDoes(ConfigurableApplicationContext context) {
        context.getEnvironment().setConversionService(new ApplicationConversionService());
    }

    private static List<OperationType> operations(AssertableWebApplicationContext context) {
        return context.getBean(WebEndpointsSupplier.class).getEndpoints().stream()
                .flatMap(endpoint -> endpoint.getOperations().stream())
                .map(operation -> operation.getType())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.endpoint.guards.access=read-only",
                "management.endpoints.access.default=unrestricted",
                "management.endpoint.guards.enabled=true",
                "management.endpoints.enabled-by-default=true",
            })
    void readsOnly(String property) {
        web.withPropertyValues(property)
                .run(context ->
                        assertThat(operations(context)).containsExactly(OperationType.READ, OperationType.READ));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unrestricted", "UNRESTRICTED"})
    void writesWhereItIsOpenedByItsName(String access) {
        web.withPropertyValues("management.endpoint.guards.access=" + access)
                .run(context -> assertThat(operations(context))
                        .containsExactly(OperationType.READ, OperationType.READ, OperationType.WRITE));
    }

    @Test
    void readsOnlyWhereTheMaximumOfAllEndpointsIsLower() {
        web.withPropertyValues(
                        "management.endpoint.guards.access=unrestricted",
                        "management.endpoints.access.max-permitted=read-only")
                .run(context ->
                        assertThat(operations(context)).containsExactly(OperationType.READ, OperationType.READ));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.endpoint.guards.access=none",
                "management.endpoints.access.default=none",
                "management.endpoints.web.exposure.exclude=guards"
            })
    void isNotThere(String property) {
        web.withPropertyValues(property)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(GuardsEndpoint.class)
                        .doesNotHaveBean(GuardsWebExtension.class));
    }

    @Test
    void isNotThereUnlessExposed() {
        web.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context).doesNotHaveBean(GuardsEndpoint.class));
    }

    @Test
    void startsWithoutActuator() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(BreakerRegistry.class)
                        .doesNotHaveBean("guardsEndpoint"));
    }

    @Test
    void onlyReadsOverJmx() {
        jmx.run(context -> {
            assertThat(context).hasSingleBean(GuardsJmxExtension.class);
            assertThat(server(context).getMBeanInfo(name()).getOperations())
                    .extracting(MBeanFeatureInfo::getName)
                    .containsExactlyInAnyOrder("overview", "breakers", "breaker", "bulkheads", "bulkhead");
        });
    }

    @Test
    void readsOverJmx() {
        jmx.run(context -> {
            context.getBean(BreakerRegistry.class).get("payments", "eu-1");
            assertThat(invoke(context, "overview")).containsEntry("service", "shop");
            assertThat(invoke(context, "breakers", "CLOSED", null)).containsOnlyKeys("breakers");
            assertThat(invoke(context, "bulkheads", 5)).containsEntry("bulkheads", Map.of());
            assertThat(invoke(context, "breaker", "payments", "eu-1"))
                    .containsEntry("name", "payments")
                    .containsEntry("key", "eu-1")
                    .containsEntry("override", null);
        });
    }

    @Test
    void saysThatAnApplicationHasNoName() {
        jmx.withPropertyValues("spring.application.name=")
                .run(context -> assertThat(invoke(context, "overview")).containsEntry("service", "none"));
    }

    @Test
    void saysOverJmxWhatIsWrong() {
        jmx.run(context -> {
            context.getBean(BreakerRegistry.class).get("payments");
            assertThat(failure(context, "breaker", "nobody", null))
                    .hasMessage("There is no breaker 'nobody': payments");
            assertThat(failure(context, "breakers", "AJAR", null))
                    .hasMessage(
                            "Invalid state (AJAR): CLOSED, OPEN, HALF_OPEN, RECOVERING, FORCED_OPEN, FORCED_CLOSED");
        });
    }

    private static Throwable failure(AssertableApplicationContext context, String operation, Object... arguments) {
        return catchThrowable(() -> invoke(context, operation, arguments)).getCause();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> invoke(
            AssertableApplicationContext context, String operation, Object... arguments) throws Exception {
        String[] types =
                Arrays.stream(arguments).map(argument -> String.class.getName()).toArray(String[]::new);
        return (Map<String, Object>) server(context).invoke(name(), operation, arguments, types);
    }

    private static MBeanServer server(AssertableApplicationContext context) {
        return context.getBean(MBeanServer.class);
    }

    private static ObjectName name() throws Exception {
        return new ObjectName("guards.test:type=Endpoint,name=Guards");
    }
}
