package dev.resilience.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.bulkhead.BulkheadClosedException;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.autoconfigure.ResilienceAutoConfiguration;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class BulkheadShutdownTests {

    @Configuration(proxyBeanMethods = false)
    @Import({LifecycleAutoConfiguration.class, ResilienceAutoConfiguration.class})
    static class Application {}

    private final ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties(
                    "resilience.bulkheads.payments.executor=platform",
                    "resilience.bulkheads.payments.max-concurrent=1",
                    "resilience.bulkheads.payments.max-queue=1",
                    "resilience.bulkheads.payments.max-wait=20s",
                    "spring.lifecycle.timeout-per-shutdown-phase=2s")
            .run();
    private final SemaphoreBulkhead bulkhead =
            context.getBean(BulkheadRegistry.class).get("payments");
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch provider = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CompletableFuture<String> running = bulkhead.callAsync(this::call);

    private CompletableFuture<String> call() {
        started.countDown();
        try {
            provider.await();
        } catch (InterruptedException wanted) {
            interrupted.set(true);
            return CompletableFuture.failedFuture(wanted);
        }
        return CompletableFuture.completedFuture("paid");
    }

    @AfterEach
    void close() {
        provider.countDown();
        context.close();
    }

    private Thread closing() throws InterruptedException {
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(context::close);
        closing.start();
        return closing;
    }

    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            throw new AssertionError("answered " + future.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    @Test
    void refusesWhatWaitsAndLetsWhatRunsEnd() throws Exception {
        CompletableFuture<String> waiting = bulkhead.callAsync(() -> CompletableFuture.completedFuture("next"));

        Thread closing = closing();

        assertThat(failure(waiting))
                .isInstanceOf(BulkheadClosedException.class)
                .hasMessage(
                        "Bulkhead 'payments' is closed: the application ends, and the call was not made; try again in 1.0 s");
        assertThat(closing.isAlive()).isTrue();
        provider.countDown();
        assertThat(running.get(20, TimeUnit.SECONDS)).isEqualTo("paid");
        closing.join(Duration.ofSeconds(20).toMillis());
        assertThat(closing.isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }

    @Test
    void interruptsWhatRunsWhenItsTimeIsOver() throws Exception {
        closing().join(Duration.ofSeconds(20).toMillis());

        assertThat(failure(running)).isInstanceOf(InterruptedException.class);
        assertThat(interrupted).isTrue();
        // the thread gives its place back after it has said how the call ended
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> bulkhead.snapshot().concurrent() == 0);
    }

    @Test
    void refusesWhatComesLater() throws Exception {
        Thread closing = closing();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            CompletableFuture<String> late = bulkhead.callAsync(() -> CompletableFuture.completedFuture("late"));
            provider.countDown();
            assertThat(failure(late)).isInstanceOf(BulkheadClosedException.class);
        });
        closing.join(Duration.ofSeconds(20).toMillis());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> bulkhead.snapshot().concurrent() == 0);
    }

    @Test
    void needsNoThreadWhereNoBulkheadHasAny() {
        provider.countDown();
        AtomicReference<Thread> told = new AtomicReference<>();
        new BulkheadShutdown(new BulkheadRegistry(BulkheadConfig.DEFAULTS))
                .stop(() -> told.set(Thread.currentThread()));

        assertThat(told).hasValue(Thread.currentThread());
    }

    @Test
    void takesCallsAgainAfterARestart() throws Exception {
        provider.countDown();
        assertThat(running.get(20, TimeUnit.SECONDS)).isEqualTo("paid");
        context.stop();
        context.start();

        assertThat(bulkhead.callAsync(() -> CompletableFuture.completedFuture("again"))
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo("again");
    }
}
