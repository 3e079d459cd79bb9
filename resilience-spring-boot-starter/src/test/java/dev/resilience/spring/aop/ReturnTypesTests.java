package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Causes;
import dev.resilience.Outcome;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table of everything that a guarded method can return and everything that can happen to its call. */
@SuppressWarnings({
    "ImmutableEnumChecker", // the rows of the table are functions without state
    "FutureReturnValueIgnored" // a row returns its future as an object
})
class ReturnTypesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the bean calls: it answers when a test says so. */
    static class Provider {

        final AtomicInteger called = new AtomicInteger();
        final CompletableFuture<String> answer = new CompletableFuture<>();

        String awaited() throws Exception {
            try {
                return asked().get();
            } catch (ExecutionException failed) {
                throw (Exception) failed.getCause();
            }
        }

        CompletableFuture<String> asked() {
            called.incrementAndGet();
            return answer;
        }
    }

    @Breaker("provider")
    @Bulkhead("callers")
    static class Client {

        public void nothing(Provider provider) throws Exception {
            provider.awaited();
        }

        public int primitive(Provider provider) throws Exception {
            return provider.awaited().length();
        }

        public String plain(Provider provider) throws Exception {
            return provider.awaited();
        }

        public Optional<String> optional(Provider provider) throws Exception {
            return Optional.of(provider.awaited());
        }

        public CompletionStage<String> stage(Provider provider) {
            return provider.asked();
        }

        public CompletableFuture<String> completable(Provider provider) {
            return provider.asked();
        }

        public Mono<String> mono(Provider provider) {
            return Mono.defer(() -> Mono.fromFuture(provider.asked()));
        }

        public Flux<String> flux(Provider provider) {
            return Flux.defer(() -> Mono.fromFuture(provider.asked()));
        }

        @Bulkhead("threads")
        public Future<String> future(Provider provider) throws Exception {
            return CompletableFuture.completedFuture(provider.awaited());
        }

        @Bulkhead("threads")
        public CompletableFuture<String> completableOnThreads(Provider provider) throws Exception {
            return CompletableFuture.completedFuture(provider.awaited());
        }
    }

    /** A call that was begun: what comes of it, and how its caller gives it up. */
    record Begun(CompletableFuture<@Nullable Object> result, Runnable givingUp) {}

    private interface Call {
        @Nullable
        Object make(Client client, Provider provider) throws Exception;
    }

    enum Type {
        NOTHING(null, onThread((client, provider) -> {
            client.nothing(provider);
            return null;
        })),
        PRIMITIVE(4, onThread(Client::primitive)),
        PLAIN("paid", onThread(Client::plain)),
        OPTIONAL(Optional.of("paid"), onThread(Client::optional)),
        STAGE("paid", future((client, provider) -> client.stage(provider).toCompletableFuture())),
        COMPLETABLE("paid", future(Client::completable)),
        MONO("paid", subscribed((client, provider) -> client.mono(provider))),
        FLUX("paid", subscribed((client, provider) -> client.flux(provider).single())),
        FUTURE("paid", future((client, provider) -> (CompletableFuture<String>) client.future(provider))),
        COMPLETABLE_ON_THREADS("paid", future(Client::completableOnThreads));

        private final @Nullable Object expected;
        private final Function<Client, Function<Provider, Begun>> call;

        Type(@Nullable Object expected, Function<Client, Function<Provider, Begun>> call) {
            this.expected = expected;
            this.call = call;
        }

        private static Function<Client, Function<Provider, Begun>> onThread(Call call) {
            return client -> provider -> {
                CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
                Thread thread = new Thread(() -> {
                    try {
                        result.complete(call.make(client, provider));
                    } catch (Throwable thrown) {
                        result.completeExceptionally(thrown);
                    }
                });
                thread.start();
                return new Begun(result, thread::interrupt);
            };
        }

        private static Function<Client, Function<Provider, Begun>> future(Call call) {
            return client -> provider -> {
                CompletableFuture<?> future = (CompletableFuture<?>) made(call, client, provider);
                return new Begun(future.thenApply(value -> value), () -> future.cancel(true));
            };
        }

        private static Function<Client, Function<Provider, Begun>> subscribed(Call call) {
            return client -> provider -> {
                CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
                Disposable subscription = ((Mono<?>) made(call, client, provider))
                        .subscribe(result::complete, result::completeExceptionally);
                return new Begun(result, () -> {
                    subscription.dispose();
                    result.cancel(true);
                });
            };
        }

        private static Object made(Call call, Client client, Provider provider) {
            try {
                return Objects.requireNonNull(call.make(client, provider));
            } catch (Exception thrown) {
                throw new AssertionError("An asynchronous method must not throw", thrown);
            }
        }

        String bulkhead() {
            return this == FUTURE || this == COMPLETABLE_ON_THREADS ? "threads" : "callers";
        }
    }

    /** One call in one context. */
    static final class Run {

        private final Type type;
        private final Provider provider = new Provider();
        private final ApplicationContext context;
        private final CircuitBreaker breaker;
        private final SemaphoreBulkhead bulkhead;

        Run(Type type, ApplicationContext context) {
            this.type = type;
            this.context = context;
            this.breaker = GuardRunner.breakers(context).get("provider");
            this.bulkhead = GuardRunner.bulkheads(context).get(type.bulkhead());
        }

        Begun begin() {
            return type.call.apply(context.getBean(Client.class)).apply(provider);
        }

        void awaitCalled() {
            Awaitility.await().atMost(PATIENCE).until(() -> provider.called.get() == 1);
        }

        void assertNotCalled() {
            assertThat(provider.called).hasValue(0);
        }

        void assertAnswered(Begun begun) throws Exception {
            assertThat(begun.result().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(type.expected);
        }

        void assertFailed(Begun begun, String name) {
            assertThat(thrown(begun).getClass().getSimpleName()).isEqualTo(name);
        }

        static Throwable thrown(Begun begun) {
            try {
                throw new AssertionError(
                        "The call answered " + begun.result().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException failed) {
                return Causes.unwrapped(failed);
            } catch (InterruptedException | TimeoutException hangs) {
                throw new AssertionError("The call does not end", hangs);
            }
        }

        void assertOutcome(Outcome outcome) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(breaker.snapshot().totals().calls())
                            .as("outcomes")
                            .allSatisfy((each, count) -> assertThat(count).isEqualTo(each == outcome ? 1 : 0)));
        }

        void assertNoOutcome() {
            assertThat(breaker.snapshot().totals().calls().values()).containsOnly(0L);
        }

        void assertNothingIsHeld() {
            provider.answer.complete("over");
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bulkhead.snapshot().concurrent()).as("places").isZero();
                assertThat(bulkhead.snapshot().queueDepth()).as("queue").isZero();
                assertThat(breaker.snapshot().concurrent()).as("permits").isZero();
            });
        }
    }

    private interface Story {
        void play(Run run) throws Exception;
    }

    enum Happening {
        SUCCESS(run -> {
            Begun begun = run.begin();
            run.awaitCalled();
            run.provider.answer.complete("paid");
            run.assertAnswered(begun);
            run.assertOutcome(Outcome.SUCCESS);
        }),
        FAILURE(run -> {
            Begun begun = run.begin();
            run.provider.answer.completeExceptionally(new IOException("broken"));
            run.assertFailed(begun, "IOException");
            run.assertOutcome(Outcome.FAILURE);
        }),
        TIMEOUT(
                run -> {
                    Begun begun = run.begin();
                    run.assertFailed(begun, "CallTimeoutException");
                    run.assertOutcome(Outcome.TIMEOUT);
                },
                "resilience.breakers.provider.timeout=50ms"),
        CANCELLATION(run -> {
            Begun begun = run.begin();
            run.awaitCalled();
            begun.givingUp().run();
            run.assertOutcome(Outcome.CANCELLED);
        }),
        REJECTION_BY_THE_BREAKER(run -> {
            GuardRunner.forceOpen(run.context, "provider");
            run.assertFailed(run.begin(), "BreakerOpenException");
            run.assertNotCalled();
            run.assertNoOutcome();
        }),
        REJECTION_BY_THE_BULKHEAD(
                run -> {
                    BulkheadPermit taken = run.bulkhead.tryAcquire();
                    run.assertFailed(run.begin(), "BulkheadFullException");
                    run.assertNotCalled();
                    run.assertNoOutcome();
                    run.bulkhead.giveBack(taken);
                },
                "resilience.defaults.bulkhead.max-concurrent=1"),
        WAIT_IN_THE_QUEUE(
                run -> {
                    BulkheadPermit taken = run.bulkhead.tryAcquire();
                    Begun begun = run.begin();
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> run.bulkhead.snapshot().queueDepth() == 1);
                    run.assertNotCalled();
                    run.bulkhead.giveBack(taken);
                    run.awaitCalled();
                    run.provider.answer.complete("paid");
                    run.assertAnswered(begun);
                    run.assertOutcome(Outcome.SUCCESS);
                },
                "resilience.defaults.bulkhead.max-concurrent=1",
                "resilience.defaults.bulkhead.max-queue=1",
                "resilience.defaults.bulkhead.max-wait=20s");

        private final Story story;
        private final String[] properties;

        Happening(Story story, String... properties) {
            this.story = story;
            this.properties = properties;
        }
    }

    static Stream<Arguments> table() {
        return Arrays.stream(Type.values())
                .flatMap(type -> Arrays.stream(Happening.values()).map(happening -> Arguments.of(type, happening)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void holdsItsPermitsForTheCallAndNoLonger(Type type, Happening happening) {
        ApplicationContextRunner runner = GuardRunner.with(Client.class)
                .withPropertyValues("resilience.bulkheads.threads.executor=platform")
                .withPropertyValues(happening.properties);
        runner.run(context -> {
            Run run = new Run(type, context);
            happening.story.play(run);
            run.assertNothingIsHeld();
        });
    }
}
