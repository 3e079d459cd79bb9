package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadExecutor;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class ResilienceAutoConfigurationTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class));

    @Test
    void givesEveryGuardTheDefaultsOfTheCoreWhereNothingIsConfigured() {
        runner.run(context -> {
            assertThat(context.getBean(BreakerRegistry.class).get("payments").config())
                    .isEqualTo(BreakerConfig.DEFAULTS);
            assertThat(context.getBean(BulkheadRegistry.class).get("payments").config())
                    .isEqualTo(BulkheadConfig.DEFAULTS);
        });
    }

    @Test
    void laysAnEntryOverItsTemplateAndThatOverTheDefaults() {
        runner.withPropertyValues(
                        "resilience.defaults.breaker.minimum-calls=20",
                        "resilience.defaults.breaker.failure-rate=40",
                        "resilience.defaults.breaker.window=1m",
                        "resilience.breakers.slow.failure-rate=30",
                        "resilience.breakers.slow.window=100 calls",
                        "resilience.breakers.payments.template=slow",
                        "resilience.breakers.payments.window=50 calls")
                .run(context -> assertThat(context.getBean(BreakerRegistry.class)
                                .get("payments")
                                .config())
                        .isEqualTo(BreakerConfig.DEFAULTS
                                .withWindow(WindowSize.calls(50))
                                .withTrip(BreakerConfig.DEFAULTS
                                        .trip()
                                        .withMinimumCalls(20)
                                        .withFailureRate(30))));
    }

    @Test
    void configuresBulkheads() {
        runner.withPropertyValues(
                        "resilience.defaults.bulkhead.max-concurrent=5",
                        "resilience.bulkheads.payments.max-queue=7",
                        "resilience.bulkheads.payments.max-wait=2s",
                        "resilience.bulkheads.payments.mode=shadow")
                .run(context -> assertThat(context.getBean(BulkheadRegistry.class)
                                .get("payments")
                                .config())
                        .isEqualTo(new BulkheadConfig(
                                new Enforcement(GuardMode.SHADOW, 100),
                                5,
                                7,
                                Duration.ofSeconds(2),
                                BulkheadExecutor.CALLER,
                                Map.of(),
                                1000)));
    }

    @Test
    void switchesEveryGuardOffWhereTheWholeIsNotEnabled() {
        runner.withPropertyValues("resilience.enabled=false", "resilience.breakers.payments.mode=enforce")
                .run(context -> {
                    assertThat(context.getBean(BreakerRegistry.class)
                                    .get("payments")
                                    .config()
                                    .enforcement()
                                    .isOff())
                            .isTrue();
                    assertThat(context.getBean(BulkheadRegistry.class)
                                    .get("stock")
                                    .config()
                                    .enforcement()
                                    .isOff())
                            .isTrue();
                });
    }

    @Test
    void carriesNoStackTracesInRejectionsUnlessItIsTold() {
        runner.run(context -> assertThat(rejection(context).getStackTrace()).isEmpty());
        runner.withPropertyValues("resilience.stack-traces=true")
                .run(context -> assertThat(rejection(context).getStackTrace()).isNotEmpty());
    }

    private static Throwable rejection(ApplicationContext context) {
        CircuitBreaker breaker = context.getBean(BreakerRegistry.class).get("payments");
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
        return catchThrowable(() -> breaker.call(() -> "paid"));
    }

    @Test
    void leavesARegistryOfTheApplicationAlone() {
        BreakerRegistry own = new BreakerRegistry(BreakerConfig.DEFAULTS);
        runner.withBean(BreakerRegistry.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(BreakerRegistry.class)).isSameAs(own));
    }

    @Test
    void takesTheClockOfTheApplication() {
        GuardEnvironment own = GuardEnvironment.DEFAULT.withStackTraces(true);
        runner.withBean(GuardEnvironment.class, () -> own)
                .run(context -> assertThat(rejection(context).getStackTrace()).isNotEmpty());
    }

    @Test
    void sharesNothingBetweenTwoApplications() {
        runner.withPropertyValues("resilience.defaults.breaker.failure-rate=10")
                .run(one -> runner.run(other -> {
                    one.getBean(BreakerRegistry.class).get("payments").force(Force.to(BreakerState.FORCED_OPEN));
                    assertThat(other.getBean(BreakerRegistry.class)
                                    .get("payments")
                                    .state())
                            .isEqualTo(BreakerState.CLOSED);
                    assertThat(Configured.breaker(one, "payments").trip().failureRate())
                            .isEqualTo(10);
                    assertThat(Configured.breaker(other, "payments").trip().failureRate())
                            .isEqualTo(50);
                }));
    }

    @Test
    void leavesNoThreadBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        runner.withPropertyValues(
                        "resilience.breakers.payments.half-open.ramp=1s", "resilience.bulkheads.payments.max-queue=3")
                .run(context -> rejection(context));
        assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
    }

    @Test
    void startsWithNothingButSpringBoot() {
        runner.withConfiguration(AutoConfigurations.of(
                        GuardAopAutoConfiguration.class,
                        GuardHealthAutoConfiguration.class,
                        GuardMetricsAutoConfiguration.class,
                        GuardsEndpointAutoConfiguration.class,
                        GuardWebErrorsAutoConfiguration.class,
                        ContextPropagationAutoConfiguration.class,
                        IncomingRequestsAutoConfiguration.class,
                        OutgoingRequestsAutoConfiguration.class,
                        RebindingAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(
                        "io.micrometer",
                        "jakarta.servlet",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health",
                        "org.springframework.boot.micrometer",
                        "org.springframework.boot.restclient",
                        "org.springframework.boot.webclient",
                        "org.springframework.cloud",
                        "org.springframework.http",
                        "org.springframework.web",
                        "reactor"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(BreakerRegistry.class));
    }

    @Test
    void letsANativeImageBindTheRecordsOfAllCapabilities() {
        RuntimeHints hints = new RuntimeHints();
        new PropertiesHints().registerHints(hints, getClass().getClassLoader());
        for (Class<?> type : List.of(
                ResilienceProperties.class,
                BreakerDefaults.Open.class,
                BreakerProperties.class,
                BreakerProperties.HalfOpen.class,
                BulkheadProperties.class,
                HealthProperties.class)) {
            assertThat(RuntimeHintsPredicates.reflection()
                            .onType(type)
                            .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
                            .or(RuntimeHintsPredicates.reflection()
                                    .onConstructorInvocation(type.getDeclaredConstructors()[0])))
                    .as(type.getName())
                    .accepts(hints);
        }
    }
}
