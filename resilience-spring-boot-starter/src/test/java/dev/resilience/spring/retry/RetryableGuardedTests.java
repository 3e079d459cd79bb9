package dev.resilience.spring.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.CallRejectedException;
import dev.resilience.Deadline;
import dev.resilience.GuardEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.ManualTicker;
import dev.resilience.spring.Provider;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.autoconfigure.GuardAopAutoConfiguration;
import dev.resilience.spring.autoconfigure.GuardRetryAutoConfiguration;
import dev.resilience.spring.autoconfigure.ResilienceAutoConfiguration;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.aop.Advice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.AbstractRetryInterceptor;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Retries around guards, against a provider that counts what arrives. */
class RetryableGuardedTests {

    private final Provider provider = new Provider();
    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 5);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PropertyPlaceholderAutoConfiguration.class,
                    ResilienceAutoConfiguration.class,
                    GuardAopAutoConfiguration.class,
                    GuardRetryAutoConfiguration.class))
            .withUserConfiguration(Resilient.class)
            .withBean(Provider.class, () -> provider)
            .withBean(GuardEnvironment.class, () -> GuardEnvironment.DEFAULT.withTicker(ticker))
            .withPropertyValues(
                    "shop.retries=1",
                    "resilience.breakers.payments.consecutive-failures=3",
                    "resilience.breakers.steady.mode=shadow");

    @AfterEach
    void stop() {
        provider.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods(proxyTargetClass = true)
    static class Resilient {}

    static class Payments {
        private final Provider provider;
        private final AtomicInteger attempts = new AtomicInteger();

        Payments(Provider provider) {
            this.provider = provider;
        }

        private void ask() {
            RestClient.create(provider.url()).get().retrieve().toBodilessEntity();
        }

        @RetryableGuarded(maxRetries = 8, delay = 1, jitter = 0)
        @Breaker("payments")
        public void pay() {
            ask();
        }

        @RetryableGuarded(delay = 1, jitter = 1)
        @Breaker("steady")
        public void steady() {
            ask();
        }

        @RetryableGuarded(maxRetriesString = "${shop.retries}", delay = 0)
        public void configured() {
            ask();
        }

        @RetryableGuarded(delay = 600_000, jitter = 300_000, maxDelay = 3_600_000)
        public void patient() {
            ask();
        }

        @RetryableGuarded(delay = 1)
        public void cancelled() {
            attempts.incrementAndGet();
            throw new CancellationException("the caller left");
        }

        @Retryable(delay = 1)
        public CompletableFuture<String> later() {
            attempts.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("down"));
        }

        @RetryableGuarded(delay = 1)
        public Mono<String> reactive(Throwable failure) {
            return Mono.error(() -> {
                attempts.incrementAndGet();
                return failure;
            });
        }

        @RetryableGuarded(delay = 1)
        public Flux<String> stream(Throwable failure) {
            return Flux.error(() -> {
                attempts.incrementAndGet();
                return failure;
            });
        }

        @RetryableGuarded(delay = 600_000, maxDelay = 3_600_000)
        public Mono<String> patientReactive() {
            return Mono.error(() -> new IllegalStateException("attempt " + attempts.incrementAndGet()));
        }
    }

    private static RetryBudget budget(ApplicationContext context, String name) {
        return context.getBean(RetryBudgets.class).of(name);
    }

    private static int attempts(Payments payments) {
        return ((Payments) AopProxyUtils.getSingletonTarget(payments)).attempts.get();
    }

    @Test
    void callsAProviderUntilItAnswers() {
        provider.failsAtFirst(2);
        runner.withBean(Payments.class).run(context -> {
            context.getBean(Payments.class).pay();
            assertThat(provider.calls()).isEqualTo(3);
        });
    }

    @Test
    void endsAtOnceWhereTheBreakerOpensInTheMiddle() {
        provider.answers(500);
        runner.withBean(Payments.class).run(context -> {
            assertThatThrownBy(context.getBean(Payments.class)::pay).isInstanceOf(BreakerOpenException.class);
            assertThat(provider.calls()).isEqualTo(3);
            assertThat(rejected(context, "payments")).isEqualTo(1);
        });
    }

    private static long rejected(ApplicationContext context, String name) {
        return context.getBean(BreakerRegistry.class)
                .get(name)
                .snapshot()
                .totals()
                .allRejected();
    }

    @Test
    void doesNotRetryACallThatIsRefusedAtFirst() {
        runner.withBean(Payments.class).run(context -> {
            context.getBean(BreakerRegistry.class).get("payments").force(Force.to(BreakerState.FORCED_OPEN));
            assertThatThrownBy(context.getBean(Payments.class)::pay).isInstanceOf(BreakerOpenException.class);
            assertThat(provider.calls()).isZero();
            assertThat(rejected(context, "payments")).isEqualTo(1);
            assertThat(budget(context, "payments").retries()).isZero();
        });
    }

    @Test
    void goesAroundTheGuard() {
        runner.withBean(Payments.class).run(context -> {
            Advisor[] advisors = ((Advised) context.getBean(Payments.class)).getAdvisors();
            Advice outermost = advisors[0].getAdvice();
            assertThat(outermost).isInstanceOf(AbstractRetryInterceptor.class);
        });
    }

    @Test
    void throwsTheLastFailureWhenItsRetriesAreOver() {
        provider.answers(500);
        runner.withBean(Payments.class).run(context -> {
            assertThatThrownBy(context.getBean(Payments.class)::steady).isInstanceOf(HttpServerErrorException.class);
            assertThat(provider.calls()).isEqualTo(4);
            assertThat(budget(context, "steady").retries()).isEqualTo(3);
            assertThat(budget(context, "steady").refused()).isZero();
        });
    }

    @Test
    void readsPlaceholders() {
        provider.answers(500);
        runner.withBean(Payments.class).run(context -> {
            assertThatThrownBy(context.getBean(Payments.class)::configured)
                    .isInstanceOf(HttpServerErrorException.class);
            assertThat(provider.calls()).isEqualTo(2);
            assertThat(budget(context, "payments-configured").retries()).isEqualTo(1);
            assertThat(budget(context, "payments-configured").refused()).isZero();
        });
    }

    @Test
    void doesNotBeginAWaitThatMayOutlastTheDeadline() {
        provider.answers(500);
        runner.withBean(Payments.class).run(context -> {
            try (Deadline.Scope scope = Deadline.within(Duration.ofMinutes(15))) {
                assertThat(scope).isNotNull();
                assertThatThrownBy(context.getBean(Payments.class)::patient)
                        .isInstanceOf(HttpServerErrorException.class);
            }
            assertThat(provider.calls()).isEqualTo(1);
        });
    }

    @Test
    void retriesWhereTheDeadlineIsFar() {
        provider.answers(500);
        runner.withBean(Payments.class).run(context -> {
            try (Deadline.Scope scope = Deadline.within(Duration.ofMinutes(15))) {
                assertThat(scope).isNotNull();
                assertThatThrownBy(context.getBean(Payments.class)::steady)
                        .isInstanceOf(HttpServerErrorException.class);
            }
            assertThat(provider.calls()).isEqualTo(4);
        });
    }

    @Test
    void retriesATenthOfTheCallsBesidesItsReserve() {
        provider.answers(500);
        runner.withBean(Payments.class).run(context -> {
            Payments payments = context.getBean(Payments.class);
            for (int call = 0; call < 50; call++) {
                assertThatThrownBy(payments::configured).isInstanceOf(HttpServerErrorException.class);
            }
            assertThat(provider.calls()).isEqualTo(50 + 15);
            ticker.advance(Duration.ofSeconds(10));
            assertThatThrownBy(payments::configured).isInstanceOf(HttpServerErrorException.class);
            assertThat(provider.calls()).isEqualTo(65 + 2);
        });
    }

    @Test
    void retriesNothingWithABudgetOfZero() {
        provider.answers(500);
        runner.withBean(Payments.class)
                .withPropertyValues("resilience.retry.budget=0")
                .run(context -> {
                    assertThatThrownBy(context.getBean(Payments.class)::steady)
                            .isInstanceOf(HttpServerErrorException.class);
                    assertThat(provider.calls()).isEqualTo(1);
                });
    }

    @Test
    void isNotEnabledByTheStarter() {
        provider.answers(500);
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        GuardAopAutoConfiguration.class,
                        GuardRetryAutoConfiguration.class))
                .withBean(Provider.class, () -> provider)
                .withBean(Payments.class)
                .run(context -> {
                    assertThatThrownBy(context.getBean(Payments.class)::steady)
                            .isInstanceOf(HttpServerErrorException.class);
                    assertThat(provider.calls()).isEqualTo(1);
                });
    }

    @Test
    void doesNotRetryACallWhoseCallerGaveUp() {
        runner.withBean(Payments.class).run(context -> {
            Payments payments = context.getBean(Payments.class);
            assertThatThrownBy(payments::cancelled).isInstanceOf(CancellationException.class);
            assertThat(attempts(payments)).isEqualTo(1);
        });
    }

    @Test
    void doesNotRetryAFutureThatFails() {
        runner.withBean(Payments.class).run(context -> {
            Payments payments = context.getBean(Payments.class);
            assertThat(payments.later()).isCompletedExceptionally();
            assertThat(attempts(payments)).isEqualTo(1);
        });
    }

    @Test
    void retriesASubscriptionOfReactor() {
        runner.withBean(Payments.class).run(context -> {
            Payments payments = context.getBean(Payments.class);
            Mono<String> mono = payments.reactive(new IllegalStateException("down"));
            assertThat(attempts(payments)).isZero();
            assertThatThrownBy(mono::block).hasRootCauseMessage("down");
            assertThat(attempts(payments)).isEqualTo(4);
            assertThatThrownBy(payments.stream(new IllegalStateException("down"))::blockLast)
                    .hasRootCauseMessage("down");
            assertThat(attempts(payments)).isEqualTo(8);
        });
    }

    @Test
    void endsARetryOfReactorAtARejection() {
        runner.withBean(Payments.class).run(context -> {
            Payments payments = context.getBean(Payments.class);
            assertThatThrownBy(payments.reactive(NotRejectedTests.rejection())::block)
                    .isInstanceOf(CallRejectedException.class);
            assertThat(attempts(payments)).isEqualTo(1);
        });
    }

    @Test
    void beginsNoWaitOfReactorThatMayOutlastTheDeadlineOfItsThread() {
        runner.withBean(Payments.class).run(context -> {
            Payments payments = context.getBean(Payments.class);
            try (Deadline.Scope scope = Deadline.within(Duration.ofMinutes(5))) {
                assertThat(scope).isNotNull();
                assertThatThrownBy(payments.patientReactive()::block).hasMessage("attempt 1");
            }
        });
    }

    @Test
    void keepsRetriesOfReactorToTheBudgetToo() {
        runner.withBean(Payments.class)
                .withPropertyValues("resilience.retry.budget=0")
                .run(context -> {
                    Payments payments = context.getBean(Payments.class);
                    assertThatThrownBy(payments.reactive(new IllegalStateException("down"))::block)
                            .hasMessage("down");
                    assertThat(attempts(payments)).isEqualTo(1);
                });
    }

    /** A client that needs nothing optional; public, because its proxy comes from another class loader. */
    public static class PlainClient {
        private int attempts;

        @RetryableGuarded(delay = 1)
        @Breaker("plain")
        public String load() {
            attempts++;
            if (attempts < 3) {
                throw new IllegalStateException("not yet");
            }
            return "done";
        }
    }

    @Test
    void worksWithoutReactor() {
        runner.withBean(PlainClient.class)
                .withClassLoader(new FilteredClassLoader("reactor", "feign", "org.springframework.web.reactive"))
                .run(context -> {
                    assertThat(context.getBean(PlainClient.class).load()).isEqualTo("done");
                    assertThat(budget(context, "plain").retries()).isEqualTo(2);
                });
    }

    /** A client that is known by its interface. */
    interface Stock {
        @RetryableGuarded(maxRetries = 1, delay = 0)
        void count();
    }

    static class StockClient implements Stock {
        private final Provider provider;

        StockClient(Provider provider) {
            this.provider = provider;
        }

        @Override
        @Breaker("stock")
        public void count() {
            RestClient.create(provider.url()).get().retrieve().toBodilessEntity();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class ByInterfaces {}

    @Test
    void takesTheBudgetOfTheBreakerBehindAnInterface() {
        provider.answers(500);
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ResilienceAutoConfiguration.class,
                        GuardAopAutoConfiguration.class,
                        GuardRetryAutoConfiguration.class))
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .withUserConfiguration(ByInterfaces.class)
                .withBean(Provider.class, () -> provider)
                .withBean(StockClient.class)
                .run(context -> {
                    assertThatThrownBy(context.getBean(Stock.class)::count)
                            .isInstanceOf(HttpServerErrorException.class);
                    assertThat(provider.calls()).isEqualTo(2);
                    assertThat(budget(context, "stock").retries()).isEqualTo(1);
                });
    }
}
