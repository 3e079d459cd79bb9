package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resilience.Outcome;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadOverride;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

class RuntimeRebindingTests {

    @RegisterExtension
    private final Logged logged = new Logged(RuntimeRebinding.class);

    private final Map<String, Object> source = new LinkedHashMap<>();

    private final ApplicationContextRunner runner = Configured.BY_NOTHING
            .withConfiguration(AutoConfigurations.of(
                    RebindingAutoConfiguration.class, ConfigurationPropertiesRebinderAutoConfiguration.class))
            .withInitializer(context -> context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("config-server", source)));

    private void change(ApplicationContext context, String key, Object value) {
        source.put(key, value);
        context.publishEvent(new EnvironmentChangeEvent(context, Set.of(key)));
    }

    private static CircuitBreaker payments(ApplicationContext context) {
        return context.getBean(BreakerRegistry.class).get("payments");
    }

    @Test
    void changesThresholdsOfALiveBreakerAndKeepsItsCounts() {
        source.put("resilience.breakers.payments.failure-rate", 50);
        runner.run(context -> {
            CircuitBreaker breaker = payments(context);
            breaker.call(() -> "paid");
            change(context, "resilience.breakers.payments.failure-rate", 25);
            assertThat(payments(context)).isSameAs(breaker);
            assertThat(breaker.config().trip().failureRate()).isEqualTo(25);
            assertThat(breaker.snapshot().window().calls()).isEqualTo(1);
            assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.SUCCESS, 1L);
        });
    }

    @Test
    void changesLimitsOfALiveBulkhead() {
        runner.run(context -> {
            BulkheadRegistry bulkheads = context.getBean(BulkheadRegistry.class);
            bulkheads.get("payments", "eu-1");
            change(context, "resilience.defaults.bulkhead.max-concurrent", 3);
            assertThat(bulkheads.get("payments", "eu-1").config().maxConcurrent())
                    .isEqualTo(3);
        });
    }

    @Test
    void opensWithTheNewThreshold() {
        runner.withPropertyValues("resilience.breakers.payments.minimum-calls=1000")
                .run(context -> {
                    change(context, "resilience.breakers.payments.consecutive-failures", 1);
                    assertThat(payments(context).state()).hasToString("CLOSED");
                    assertThat(catchThrowable(() -> payments(context).call(() -> {
                                throw new IllegalStateException("down");
                            })))
                            .hasMessage("down");
                    assertThat(payments(context).state()).hasToString("OPEN");
                });
    }

    @Test
    void goesBackToTheDefaultsWhereAKeyIsGone() {
        source.put("resilience.breakers.payments.failure-rate", 20);
        runner.run(context -> {
            source.clear();
            context.publishEvent(
                    new EnvironmentChangeEvent(context, Set.of("resilience.breakers.payments.failure-rate")));
            assertThat(payments(context).config().trip().failureRate()).isEqualTo(50);
        });
    }

    @Test
    void changesNothingWhereOneValueIsInvalidAndSaysSoOnce() {
        source.put("resilience.breakers.payments.failure-rate", 50);
        runner.run(context -> {
            source.put("resilience.breakers.payments.failure-rate", 30);
            source.put("resilience.defaults.bulkhead.max-concurrent", 3);
            change(context, "resilience.breakers.stock.failure-rate", 101);
            assertThat(payments(context).config().trip().failureRate()).isEqualTo(50);
            assertThat(Configured.bulkhead(context, "payments").maxConcurrent()).isEqualTo(25);
            assertThat(Configured.breaker(context, "stock").trip().failureRate())
                    .isEqualTo(50);
        });
        assertThat(logged.lines()).containsExactly("""
                ERROR The changed configuration of breakers and bulkheads is refused, the one before stays in effect. \
                Invalid configuration under 'resilience':

                    Property: resilience.breakers.stock.failure-rate
                    Value: "101"
                    Origin: "resilience.breakers.stock.failure-rate" from property source "config-server"
                    Reason: must be above 0 and at most 100 percent""");
    }

    @Test
    void changesNothingWhereAKeyIsUnknown() {
        runner.run(context -> {
            source.put("resilience.breakers.payments.failure-rate", 30);
            change(context, "resilience.breakers.payments.faliure-rate", 30);
            assertThat(payments(context).config().trip().failureRate()).isEqualTo(50);
        });
        assertThat(logged.lines())
                .singleElement()
                .asString()
                .contains("ERROR", "unknown; did you mean 'failure-rate'?");
    }

    @Test
    void changesNothingWhereItDoesNotFitWhatAnOperatorLaidOverIt() {
        source.put("resilience.bulkheads.payments.max-queue", 5);
        runner.run(context -> {
            BulkheadRegistry bulkheads = context.getBean(BulkheadRegistry.class);
            bulkheads.find("payments").orElseThrow().override(waiting());
            source.put("resilience.breakers.payments.failure-rate", 30);
            change(context, "resilience.bulkheads.payments.max-queue", 0);
            assertThat(bulkheads.get("payments").config().maxQueue()).isEqualTo(5);
            assertThat(payments(context).config().trip().failureRate()).isEqualTo(50);
        });
        assertThat(logged.lines()).singleElement().asString().contains("ERROR", "must be 0 where max-queue is 0");
    }

    private static BulkheadOverride waiting() {
        return new BulkheadOverride(null, null, null, null, Duration.ofSeconds(2));
    }

    @Test
    void makesGuardsThatAreNewInTheConfiguration() {
        runner.run(context -> {
            change(context, "resilience.breakers.fresh.failure-rate", 30);
            assertThat(context.getBean(BreakerRegistry.class).find("fresh")).isPresent();
        });
    }

    @Test
    void staysOffWhereTheApplicationStartedSwitchedOff() {
        source.put("resilience.enabled", false);
        runner.run(context -> {
            change(context, "resilience.enabled", true);
            assertThat(payments(context).config().enforcement().isOff()).isTrue();
        });
    }

    @Test
    void switchesOffAndOnAgain() {
        runner.run(context -> {
            change(context, "resilience.enabled", false);
            assertThat(payments(context).config().enforcement().isOff()).isTrue();
            change(context, "resilience.enabled", true);
            assertThat(payments(context).config().enforcement().isOff()).isFalse();
        });
    }

    @Test
    void hasNoOpinionOnWhatItDoesNotConfigure() {
        runner.run(context -> change(context, "shop.traffic", 3));
        assertThat(logged.lines()).isEmpty();
    }

    @Test
    void isAbsentWithoutSpringCloud() {
        Configured.BY_NOTHING
                .withConfiguration(AutoConfigurations.of(RebindingAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(RebindingAutoConfiguration.class)
                        .hasSingleBean(BreakerRegistry.class));
    }

    @Test
    void followsTheEnvironmentOfItsOwnContextOnly() {
        runner.run(one -> Configured.BY_NOTHING
                .withConfiguration(AutoConfigurations.of(RebindingAutoConfiguration.class))
                .run(other -> {
                    change(one, "resilience.breakers.payments.failure-rate", 30);
                    assertThat(payments((ConfigurableApplicationContext) other)
                                    .config()
                                    .trip()
                                    .failureRate())
                            .isEqualTo(50);
                }));
    }

    @Test
    void showsNobodyHalfASet() {
        source.put("resilience.breakers.payments.minimum-calls", 50);
        runner.run(context -> {
            CircuitBreaker breaker = payments(context);
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Set<TripConfig>> seen = CompletableFuture.supplyAsync(() -> {
                Set<TripConfig> configs = new HashSet<>();
                while (!over.get()) {
                    configs.add(breaker.config().trip());
                }
                return configs;
            });
            for (int value = 1; value <= 100; value++) {
                source.put("resilience.breakers.payments.minimum-calls", value);
                change(context, "resilience.breakers.payments.failure-rate", value);
            }
            over.set(true);
            assertThat(seen.get(30, TimeUnit.SECONDS))
                    .allSatisfy(trip -> assertThat((double) trip.minimumCalls()).isEqualTo(trip.failureRate()));
        });
    }
}
