package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerListener;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.Transition;
import dev.resilience.registry.BreakerRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class BreakerListenersTests {

    private final List<Transition> heard = new ArrayList<>();
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ResilienceAutoConfiguration.class));

    @Test
    void tellsEveryListenerWhateverThoseBeforeItThrow() {
        runner.withBean("first", BreakerListener.class, () -> transition -> {
                    throw new IllegalStateException("deaf");
                })
                .withBean("second", BreakerListener.class, () -> heard::add)
                .run(context -> {
                    force(context.getBean(BreakerRegistry.class).get("payments"));
                    assertThat(heard).extracting(Transition::to).containsExactly(BreakerState.FORCED_OPEN);
                });
    }

    @Test
    void tellsEveryListenerAlsoWhereOneBeforeItThrowsAnError() {
        runner.withBean("first", BreakerListener.class, () -> transition -> {
                    throw new NoClassDefFoundError("com/example/Gone");
                })
                .withBean("second", BreakerListener.class, () -> heard::add)
                .run(context -> {
                    force(context.getBean(BreakerRegistry.class).get("payments"));
                    assertThat(heard).hasSize(1);
                });
    }

    @Test
    void allowsAListenerThatDependsOnTheRegistry() {
        runner.withBean(Auditor.class).run(context -> {
            force(context.getBean(BreakerRegistry.class).get("payments"));
            assertThat(context.getBean(Auditor.class).heard).hasSize(1);
        });
    }

    private static void force(CircuitBreaker breaker) {
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
    }

    static class Auditor implements BreakerListener {

        final List<Transition> heard = new ArrayList<>();

        Auditor(BreakerRegistry breakers) {
            assertThat(breakers).isNotNull();
        }

        @Override
        public void onTransition(Transition transition) {
            heard.add(transition);
        }
    }
}
