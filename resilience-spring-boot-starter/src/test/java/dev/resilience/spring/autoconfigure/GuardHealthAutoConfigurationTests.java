package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.health.BreakersHealthIndicator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GuardHealthAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, GuardHealthAutoConfiguration.class));

    @Test
    void isUpWhateverIsOpenUnlessToldOtherwise() {
        runner.run(context -> {
            context.getBean(BreakerRegistry.class).get("payments").force(Force.to(BreakerState.FORCED_OPEN));
            assertThat(context.getBean(BreakersHealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.UP);
        });
    }

    @Test
    void isDownWhenABreakerOfTheListIsOpen() {
        runner.withPropertyValues("resilience.health.down-when-open[0]=payments")
                .run(context -> {
                    context.getBean(BreakerRegistry.class).get("payments").force(Force.to(BreakerState.FORCED_OPEN));
                    assertThat(context.getBean(BreakersHealthIndicator.class)
                                    .health()
                                    .getStatus())
                            .isEqualTo(Status.DOWN);
                });
    }

    @Test
    void refusesAListWithSomethingThatIsNoName() {
        runner.withPropertyValues("resilience.health.down-when-open=payments,eu.stock")
                .run(
                        context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "Property resilience.health.down-when-open with value 'eu.stock' is invalid: "
                                                + "must be the name of a breaker: a letter or digit, then up to 99 letters, digits, '_' or '-'"));
    }

    @Test
    void canBeSwitchedOffLikeAnyIndicator() {
        runner.withPropertyValues("management.health.breakers.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(BreakersHealthIndicator.class));
    }

    @Test
    void givesWayToAnIndicatorOfTheUser() {
        runner.withBean(
                        "breakersHealthIndicator",
                        HealthIndicator.class,
                        () -> () -> Health.up().build())
                .run(context -> assertThat(context).doesNotHaveBean(BreakersHealthIndicator.class));
    }

    @Test
    void startsWithoutSpringBootsHealth() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(BreakerRegistry.class)
                        .doesNotHaveBean("breakersHealthIndicator"));
    }
}
