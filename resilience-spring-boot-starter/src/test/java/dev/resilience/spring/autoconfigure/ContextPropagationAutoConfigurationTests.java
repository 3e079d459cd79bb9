package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.ContextCarrier;
import dev.resilience.GuardEnvironment;
import dev.resilience.spring.context.PropagatedContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ContextPropagationAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ResilienceAutoConfiguration.class, ContextPropagationAutoConfiguration.class));

    @Test
    void givesGuardsWhatCarriesTheContext() {
        runner.run(context ->
                assertThat(context.getBean(GuardEnvironment.class).context()).isInstanceOf(PropagatedContext.class));
    }

    @Test
    void givesWayToACarrierOfTheUser() {
        ContextCarrier own = task -> task;
        runner.withBean("own", ContextCarrier.class, () -> own).run(context -> {
            assertThat(context).doesNotHaveBean(PropagatedContext.class);
            assertThat(context.getBean(GuardEnvironment.class).context()).isSameAs(own);
        });
    }

    @Test
    void startsWithoutTheLibraryAndCarriesNothingThen() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer")).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(ContextCarrier.class);
            assertThat(context.getBean(GuardEnvironment.class).context()).isSameAs(ContextCarrier.NONE);
        });
    }
}
