package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import dev.resilience.spring.autoconfigure.GuardAopAutoConfiguration;
import dev.resilience.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GuardAopTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ResilienceAutoConfiguration.class, GuardAopAutoConfiguration.class))
            .withBean(PaymentClient.class);

    @Test
    void countsACallOnTheBreakerAndTheBulkheadOfOneMethod() {
        runner.run(context -> {
            assertThat(context.getBean(PaymentClient.class).pay("7")).isEqualTo("paid 7");
            assertThat(context.getBean(BreakerRegistry.class)
                            .get("payments")
                            .snapshot()
                            .totals()
                            .calls())
                    .containsEntry(Outcome.SUCCESS, 1L);
            assertThat(context.getBean(BulkheadRegistry.class)
                            .get("payments")
                            .snapshot()
                            .totals()
                            .permitted())
                    .isEqualTo(1);
        });
    }

    @Test
    void refusesACallWhileTheBreakerIsOpen() {
        runner.run(context -> {
            context.getBean(BreakerRegistry.class).get("payments").force(Force.to(BreakerState.FORCED_OPEN));
            assertThatThrownBy(() -> context.getBean(PaymentClient.class).pay("7"))
                    .isInstanceOf(BreakerOpenException.class);
        });
    }

    @Test
    void namesAGuardAfterClassAndMethodWhereTheAnnotationDoesNot() {
        runner.run(context -> assertThat(context.getBean(BreakerRegistry.class).find("payment-client-refund-all"))
                .isPresent());
    }

    @Test
    void callsTheFallbackInsteadWhileTheBreakerIsOpen() {
        runner.run(context -> {
            context.getBean(BreakerRegistry.class)
                    .get("payment-client-refund-all")
                    .force(Force.to(BreakerState.FORCED_OPEN));
            assertThat(context.getBean(PaymentClient.class).refundAll("7")).isEqualTo("later 7: BreakerOpenException");
        });
    }

    @Test
    void advisesNothingWhereResilienceIsSwitchedOff() {
        runner.withPropertyValues("resilience.enabled=false")
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(PaymentClient.class)))
                        .isFalse());
    }

    static class PaymentClient {

        @Breaker("payments")
        @Bulkhead("payments")
        String pay(String order) {
            return "paid " + order;
        }

        @Breaker(fallback = "later")
        String refundAll(String order) {
            return "refunded " + order;
        }

        private String later(String order, Throwable refused) {
            return "later " + order + ": " + refused.getClass().getSimpleName();
        }
    }
}
