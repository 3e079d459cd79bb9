package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.GuardRunner.calls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.annotation.Breaker;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

class RefreshScopeTests {

    @RefreshScope
    static class Refreshable {
        @Breaker("refreshable")
        public void pay() {}
    }

    private final ApplicationContextRunner runner = GuardRunner.with(Refreshable.class)
            .withConfiguration(AutoConfigurations.of(RefreshAutoConfiguration.class));

    @Test
    void guardsARefreshableBeanOnceACall() {
        runner.run(context -> {
            context.getBean(Refreshable.class).pay();
            assertThat(calls(context, "refreshable")).isEqualTo(1);
        });
    }

    @Test
    void keepsTheGuardOfABeanThatIsRefreshed() {
        runner.run(context -> {
            context.getBean(Refreshable.class).pay();
            context.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class)
                    .refreshAll();
            context.getBean(Refreshable.class).pay();
            assertThat(calls(context, "refreshable")).isEqualTo(2);
        });
    }

    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Scoped {
        @Breaker("scoped")
        public void pay() {}
    }

    @Test
    void guardsTheTargetOfAScopedProxyOnceACall() {
        GuardRunner.with(Scoped.class).run(context -> {
            context.getBean(Scoped.class).pay();
            context.getBean(Scoped.class).pay();
            assertThat(calls(context, "scoped")).isEqualTo(2);
        });
    }
}
