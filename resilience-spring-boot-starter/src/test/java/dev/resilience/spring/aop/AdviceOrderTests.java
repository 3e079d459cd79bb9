package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static dev.resilience.spring.aop.GuardRunner.bulkheads;
import static dev.resilience.spring.aop.GuardRunner.calls;
import static dev.resilience.spring.aop.GuardRunner.forceOpen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import dev.resilience.spring.retry.RetryableGuarded;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.resilience.InvocationRejectedException;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class AdviceOrderTests {

    /** Counts what it begins, and can refuse to commit. */
    static class CountingTransactions extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;

        private final AtomicInteger begun = new AtomicInteger();
        private final transient Runnable onCommit;

        CountingTransactions(Runnable onCommit) {
            this.onCommit = onCommit;
        }

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun.incrementAndGet();
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            onCommit.run();
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    static class Transactions {
        @Breaker("tx")
        @Transactional
        public void pay() {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class WithTransactions {
        @Bean
        CountingTransactions transactionManager() {
            return new CountingTransactions(() -> {});
        }
    }

    @Test
    void beginsNoTransactionForACallThatIsRefused() {
        GuardRunner.with(WithTransactions.class, Transactions.class).run(context -> {
            context.getBean(Transactions.class).pay();
            forceOpen(context, "tx");
            assertThatThrownBy(() -> context.getBean(Transactions.class).pay())
                    .isInstanceOf(BreakerOpenException.class);
            assertThat(context.getBean(CountingTransactions.class).begun).hasValue(1);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class WithFailingCommits {
        @Bean
        CountingTransactions transactionManager() {
            return new CountingTransactions(() -> {
                throw new IllegalStateException("no commit");
            });
        }
    }

    @Test
    void countsAFailedCommitAsAFailure() {
        GuardRunner.with(WithFailingCommits.class, Transactions.class).run(context -> {
            assertThatThrownBy(() -> context.getBean(Transactions.class).pay()).hasMessage("no commit");
            assertThat(GuardRunner.breakers(context)
                            .get("tx")
                            .snapshot()
                            .window()
                            .failures())
                    .isEqualTo(1);
        });
    }

    static class Cached {
        private final AtomicInteger loads = new AtomicInteger();

        @Breaker("cached")
        @Cacheable("orders")
        public String load(String id) {
            loads.incrementAndGet();
            return "order " + id;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class WithCaching {
        @Bean
        ConcurrentMapCacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }
    }

    @Test
    void needsNoPermitForACacheHit() {
        GuardRunner.with(WithCaching.class, Cached.class).run(context -> {
            Cached bean = context.getBean(Cached.class);
            assertThat(bean.load("7")).isEqualTo("order 7");
            forceOpen(context, "cached");
            assertThat(bean.load("7")).isEqualTo("order 7");
            assertThatThrownBy(() -> bean.load("8")).isInstanceOf(BreakerOpenException.class);
            assertThat(calls(context, "cached")).isEqualTo(1);
        });
    }

    static class CachedTransactions {
        @Breaker("both")
        @Cacheable("orders")
        @Transactional
        public String load(String id) {
            return "order " + id;
        }
    }

    @Test
    void isBetweenTheCacheAndTheTransaction() {
        GuardRunner.with(WithCaching.class, WithTransactions.class, CachedTransactions.class)
                .run(context -> {
                    CachedTransactions bean = context.getBean(CachedTransactions.class);
                    bean.load("7");
                    bean.load("7");
                    assertThat(calls(context, "both")).isEqualTo(1);
                    forceOpen(context, "both");
                    assertThatThrownBy(() -> bean.load("8")).isInstanceOf(BreakerOpenException.class);
                    assertThat(context.getBean(CountingTransactions.class).begun)
                            .hasValue(1);
                });
    }

    @Test
    void staysOutsideOfATransactionThatIsOutsideOfTheCache() {
        GuardRunner.with(TransactionsFirst.class, CachedTransactions.class).run(context -> {
            CachedTransactions bean = context.getBean(CachedTransactions.class);
            bean.load("7");
            bean.load("7");
            assertThat(calls(context, "both")).isEqualTo(2);
            assertThat(context.getBean(CountingTransactions.class).begun).hasValue(2);
            forceOpen(context, "both");
            assertThatThrownBy(() -> bean.load("7")).isInstanceOf(BreakerOpenException.class);
            assertThat(context.getBean(CountingTransactions.class).begun).hasValue(2);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true, order = 2)
    @EnableTransactionManagement(proxyTargetClass = true, order = 1)
    static class TransactionsFirst {
        @Bean
        ConcurrentMapCacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }

        @Bean
        CountingTransactions transactionManager() {
            return new CountingTransactions(() -> {});
        }
    }

    static class Retried {
        private final AtomicInteger attempts = new AtomicInteger();

        @Breaker("retried")
        @Retryable(maxRetries = 2, delay = 1)
        public String load() {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return "done";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods(proxyTargetClass = true)
    static class Resilient {}

    @Test
    void asksTheGuardForEveryAttemptOfARetry() {
        GuardRunner.with(Resilient.class, Retried.class).run(context -> {
            assertThat(context.getBean(Retried.class).load()).isEqualTo("done");
            assertThat(calls(context, "retried")).isEqualTo(3);
        });
    }

    static class RetriedWithCare {
        private final AtomicInteger attempts = new AtomicInteger();

        @Breaker("careful")
        @RetryableGuarded(maxRetries = 2, delay = 1)
        public String load() {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return "done";
        }
    }

    @Test
    void asksTheGuardForEveryAttemptOfAComposedRetry() {
        GuardRunner.with(Resilient.class, RetriedWithCare.class).run(context -> {
            assertThat(context.getBean(RetriedWithCare.class).load()).isEqualTo("done");
            assertThat(calls(context, "careful")).isEqualTo(3);
        });
    }

    @Test
    void asksTheGuardOnceForAComposedRetryThatItRefuses() {
        GuardRunner.with(Resilient.class, RetriedWithCare.class).run(context -> {
            forceOpen(context, "careful");
            assertThatThrownBy(() -> context.getBean(RetriedWithCare.class).load())
                    .isInstanceOf(BreakerOpenException.class);
            assertThat(GuardRunner.breakers(context)
                            .get("careful")
                            .snapshot()
                            .totals()
                            .rejected())
                    .containsEntry(RejectionReason.FORCED_OPEN, 1L);
        });
    }

    static class Limited {
        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Bulkhead("limited")
        @ConcurrencyLimit(limit = 1, policy = ConcurrencyLimit.ThrottlePolicy.REJECT)
        public void load() throws InterruptedException {
            inside.countDown();
            assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void asksForNoPermitWhereTheConcurrencyLimitHolds() {
        GuardRunner.with(Resilient.class, Limited.class).run(context -> {
            Limited bean = context.getBean(Limited.class);
            Limited target = (Limited) AopProxyUtils.getSingletonTarget(bean);
            Thread first = new Thread(() -> {
                try {
                    bean.load();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
            first.start();
            assertThat(target.inside.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(bean::load).isInstanceOf(InvocationRejectedException.class);
            target.over.countDown();
            first.join();
            assertThat(bulkheads(context).get("limited").snapshot().totals().permitted())
                    .isEqualTo(1);
        });
    }

    static class InBackground {
        @Breaker("background")
        @Async
        public void load() {
            throw new IllegalStateException("late");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class WithAsync {}

    @Test
    void guardsAnAsynchronousMethodWhereItRuns() {
        GuardRunner.with(WithAsync.class, InBackground.class).run(context -> {
            InBackground bean = context.getBean(InBackground.class);
            bean.load();
            await().untilAsserted(() -> assertThat(GuardRunner.breakers(context)
                            .get("background")
                            .snapshot()
                            .window()
                            .failures())
                    .isEqualTo(1));
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods(order = 100)
    static class ResilientTooEarly {}

    @Test
    void failsTheStartWhereARetryWouldBeInsideOfTheGuard() {
        assertFailure(
                GuardRunner.with(ResilientTooEarly.class, Retried.class),
                "@Retryable on " + Retried.class.getName()
                        + ".load() would run inside of the method's guard, because its post-processor has the order 100.",
                "Leave out the order of @EnableResilientMethods, or make it greater than 2147483645.");
    }

    @Test
    void failsTheStartWhereAComposedRetryWouldBeInsideOfTheGuard() {
        assertFailure(
                GuardRunner.with(ResilientTooEarly.class, RetriedWithCare.class),
                "@Retryable on " + RetriedWithCare.class.getName()
                        + ".load() would run inside of the method's guard, because its post-processor has the order 100.",
                "Leave out the order of @EnableResilientMethods, or make it greater than 2147483645.");
    }

    @Test
    void failsTheStartWhereAConcurrencyLimitWouldBeInsideOfTheGuard() {
        assertFailure(
                GuardRunner.with(ResilientTooEarly.class, Limited.class),
                "@ConcurrencyLimit on " + Limited.class.getName()
                        + ".load() would run inside of the method's guard, because its post-processor has the order 100.",
                "Leave out the order of @EnableResilientMethods, or make it greater than 2147483645.");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(order = Ordered.HIGHEST_PRECEDENCE)
    static class AsyncTooEarly {}

    @Test
    void failsTheStartWhereAsyncWouldBeInsideOfTheGuard() {
        assertFailure(
                GuardRunner.with(AsyncTooEarly.class, InBackground.class),
                "@Async on " + InBackground.class.getName()
                        + ".load() would run inside of the method's guard, because its post-processor has the order -2147483648.",
                "Leave out the order of @EnableAsync, or make it greater than 2147483645.");
    }

    @Test
    void doesNotMindTheOrderOfRetriesWhereNoGuardedMethodHasThem() {
        GuardRunner.with(ResilientTooEarly.class, Transactions.class)
                .run(context -> assertThat(context).hasNotFailed());
    }
}
