package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Ticker;
import dev.resilience.spring.retry.MethodRetries;
import dev.resilience.spring.retry.NotRejected;
import dev.resilience.spring.retry.RetryBudgets;
import dev.resilience.spring.retry.RetryHints;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;

class GuardRetryAutoConfigurationTests {

    private final ApplicationContextRunner runner =
            Configured.BY_NOTHING.withConfiguration(AutoConfigurations.of(GuardRetryAutoConfiguration.class));

    @Test
    void hasBudgets() {
        runner.run(
                context -> assertThat(context).hasSingleBean(RetryBudgets.class).hasSingleBean(MethodRetries.class));
    }

    @Test
    void enablesNoRetries() {
        runner.run(context -> assertThat(context).doesNotHaveBean(RetryAnnotationBeanPostProcessor.class));
    }

    @Test
    void takesThePercentFromTheConfiguration() {
        runner.withPropertyValues("resilience.retry.budget=0")
                .run(context -> assertThat(context.getBean(RetryBudgets.class)
                                .of("payments")
                                .tryRetry())
                        .isFalse());
    }

    @Test
    void givesWayToBudgetsOfTheUsersOwn() {
        RetryBudgets own = new RetryBudgets(50, Ticker.system());
        runner.withBean(RetryBudgets.class, () -> own)
                .run(context -> assertThat(context.getBean(RetryBudgets.class)).isSameAs(own));
    }

    @Test
    void stopsTheStartWhereTheBudgetIsNoPercentage() {
        runner.withPropertyValues("resilience.retry.budget=101")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, invalid -> {
                            assertThat(invalid.getName()).isEqualTo("resilience.retry.budget");
                            assertThat(invalid.getReason()).isEqualTo("must be 0 to 100 percent");
                        }));
    }

    @Test
    void startsWithoutAnythingOptional() {
        runner.withClassLoader(new FilteredClassLoader("reactor", "feign", "org.springframework.web", "io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RetryBudgets.class));
    }

    @Test
    void letsANativeImageCreateThePredicate() {
        RuntimeHints hints = new RuntimeHints();
        new RetryHints().registerHints(hints, null);
        assertThat(NotRejected.class.getDeclaredConstructors())
                .allSatisfy(constructor -> assertThat(
                                RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor))
                        .accepts(hints));
    }
}
