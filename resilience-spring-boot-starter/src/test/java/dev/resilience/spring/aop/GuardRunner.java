package dev.resilience.spring.aop;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.autoconfigure.GuardAopAutoConfiguration;
import dev.resilience.spring.autoconfigure.ResilienceAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Contexts with what guards annotated beans, and questions that tests ask them. */
final class GuardRunner {

    private GuardRunner() {}

    static ApplicationContextRunner with(Class<?>... beans) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PropertyPlaceholderAutoConfiguration.class,
                        ResilienceAutoConfiguration.class,
                        GuardAopAutoConfiguration.class))
                .withUserConfiguration(beans);
    }

    static BreakerRegistry breakers(ApplicationContext context) {
        return context.getBean(BreakerRegistry.class);
    }

    static BulkheadRegistry bulkheads(ApplicationContext context) {
        return context.getBean(BulkheadRegistry.class);
    }

    static void forceOpen(ApplicationContext context, String breaker) {
        breakers(context).get(breaker).force(Force.to(BreakerState.FORCED_OPEN));
    }

    /** Returns how many calls of a breaker's plain instance have ended, however they did. */
    static long calls(ApplicationContext context, String breaker) {
        return calls(context, breaker, null);
    }

    static long calls(ApplicationContext context, String breaker, String key) {
        return breakers(context)
                .find(breaker)
                .flatMap(family -> family.find(key))
                .map(found -> found.snapshot().totals().calls().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .orElse(0L);
    }

    static long concurrent(ApplicationContext context, String bulkhead) {
        return bulkheads(context).get(bulkhead).snapshot().concurrent();
    }
}
