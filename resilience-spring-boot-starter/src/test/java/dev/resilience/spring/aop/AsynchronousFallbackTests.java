package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.CallRejectedException;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@SuppressWarnings("unused") // what is called by its name only
class AsynchronousFallbackTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Breaker(name = "stock", fallback = "plain")
    static class Client {

        public CompletionStage<String> stage() {
            return CompletableFuture.failedFuture(new IOException("broken"));
        }

        public CompletableFuture<String> completable() {
            return CompletableFuture.failedFuture(new IOException("broken"));
        }

        public Mono<String> mono() {
            return Mono.error(new IOException("broken"));
        }

        public Flux<String> flux() {
            return Flux.concat(Flux.just("one"), Flux.error(new IOException("broken")));
        }

        private String plain() {
            return "plain";
        }

        @Breaker(name = "stock", fallback = "sooner")
        public CompletionStage<String> narrower() {
            return CompletableFuture.failedFuture(new IOException("broken"));
        }

        private CompletableFuture<String> sooner() {
            return CompletableFuture.completedFuture("same wrapper");
        }

        @Breaker(name = "stock", fallback = "several")
        public Flux<String> many() {
            return Flux.error(new IOException("broken"));
        }

        private Flux<String> several() {
            return Flux.just("one", "two");
        }

        @Breaker(name = "stock", fallback = "done")
        public Mono<Void> nothing() {
            return Mono.error(new IOException("broken"));
        }

        private void done() {}

        @Breaker(name = "stock", fallback = "byKind")
        public CompletableFuture<String> wrapped() {
            return CompletableFuture.<String>failedFuture(new IOException("broken"))
                    .thenApply(value -> value);
        }

        private String byKind(IOException thrown) {
            return "of " + thrown.getMessage();
        }

        private String byKind(CompletionException thrown) {
            return "never";
        }

        @Breaker(name = "stock", fallback = "failing")
        public CompletableFuture<String> twice() {
            return CompletableFuture.failedFuture(new IOException("first"));
        }

        private CompletableFuture<String> failing() {
            return CompletableFuture.failedFuture(new UncheckedIOException(new IOException("second")));
        }

        @Breaker(name = "stock", fallback = "failingMono")
        public Mono<String> twiceMono() {
            return Mono.error(new IOException("first"));
        }

        private Mono<String> failingMono() {
            return Mono.error(new IllegalStateException("second"));
        }

        public CompletableFuture<String> givenUp() {
            return CompletableFuture.failedFuture(new CancellationException("given up"));
        }
    }

    private static void run(Consumer<Client> test) {
        GuardRunner.with(Client.class).run(context -> test.accept(context.getBean(Client.class)));
    }

    @Test
    void mayReturnThePlainValue() {
        run(client -> {
            assertThat(client.stage().toCompletableFuture().join()).isEqualTo("plain");
            assertThat(client.completable().join()).isEqualTo("plain");
            assertThat(client.mono().block(PATIENCE)).isEqualTo("plain");
        });
    }

    @Test
    void goesOnBehindTheValuesOfAStreamThatBreaks() {
        run(client ->
                StepVerifier.create(client.flux()).expectNext("one", "plain").verifyComplete());
    }

    @Test
    void mayReturnTheSameWrapperOrANarrowerOne() {
        run(client -> {
            assertThat(client.narrower().toCompletableFuture().join()).isEqualTo("same wrapper");
            StepVerifier.create(client.many()).expectNext("one", "two").verifyComplete();
        });
    }

    @Test
    void mayReturnNothingWhereNothingIsAnswered() {
        run(client -> StepVerifier.create(client.nothing()).verifyComplete());
    }

    @Test
    void isChosenByWhatACompletionExceptionCarries() {
        run(client -> assertThat(client.wrapped().join()).isEqualTo("of broken"));
    }

    @Test
    void keepsTheFirstExceptionInTheOneThatItFailsWith() {
        run(client -> {
            assertThatThrownBy(() -> client.twice().join())
                    .cause()
                    .isInstanceOf(UncheckedIOException.class)
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .extracting(Throwable::getMessage)
                            .containsExactly("first"));
            StepVerifier.create(client.twiceMono())
                    .verifyErrorSatisfies(failure -> assertThat(failure)
                            .hasMessage("second")
                            .satisfies(each -> assertThat(each.getSuppressed())
                                    .extracting(Throwable::getMessage)
                                    .contains("first")));
        });
    }

    @Test
    void isNotAskedWhereTheCallerGaveUp() {
        run(client -> assertThatThrownBy(() -> client.givenUp().join()).isInstanceOf(CancellationException.class));
    }

    static class TwoFallbacks {
        @Breaker(name = "stock", fallback = "ofBreaker")
        @Bulkhead(name = "stock", fallback = "ofBulkhead")
        public CompletableFuture<String> stock() {
            return new CompletableFuture<>();
        }

        private String ofBreaker(CallRejectedException refused) {
            return "breaker " + refused.reason();
        }

        private String ofBulkhead(CallRejectedException refused) {
            return "bulkhead " + refused.reason();
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // the first call is there to take the place
    void takesTheRejectionsOfItsOwnAnnotation() {
        GuardRunner.with(TwoFallbacks.class)
                .withPropertyValues("resilience.bulkheads.stock.max-concurrent=1")
                .run(context -> {
                    TwoFallbacks client = context.getBean(TwoFallbacks.class);
                    client.stock();
                    assertThat(client.stock()).isCompletedWithValue("bulkhead FULL");
                    GuardRunner.forceOpen(context, "stock");
                    assertThat(client.stock()).isCompletedWithValue("breaker FORCED_OPEN");
                });
    }

    static class WrongWrapper {
        @Breaker(name = "stock", fallback = "instead")
        public CompletableFuture<String> stock() {
            return new CompletableFuture<>();
        }

        private Mono<String> instead() {
            return Mono.just("four");
        }
    }

    @Test
    void failsTheStartInAnotherWrapper() {
        assertFailure(
                GuardRunner.with(WrongWrapper.class),
                "The fallback 'instead' of @Breaker(\"stock\") on %s.stock() does not fit:%n    instead() returns Mono<String>, not CompletableFuture<String>"
                        .formatted(WrongWrapper.class.getName()),
                "Declare 'CompletableFuture<String> instead()' in " + WrongWrapper.class.getName()
                        + ", optionally with a Throwable as one more parameter.");
    }

    static class WrongValue {
        @Breaker(name = "stock", fallback = "instead")
        public Mono<String> stock() {
            return Mono.empty();
        }

        private Mono<Integer> instead() {
            return Mono.just(4);
        }
    }

    @Test
    void failsTheStartWithAnotherValue() {
        assertFailure(
                GuardRunner.with(WrongValue.class),
                "The fallback 'instead' of @Breaker(\"stock\") on %s.stock() does not fit:%n    instead() returns Mono<Integer>, not Mono<String>"
                        .formatted(WrongValue.class.getName()),
                "Declare 'Mono<String> instead()' in " + WrongValue.class.getName()
                        + ", optionally with a Throwable as one more parameter.");
    }

    static class Plain {
        @Breaker(name = "stock", fallback = "instead")
        public String stock() {
            return "four";
        }

        private Mono<String> instead() {
            return Mono.just("four");
        }
    }

    @Test
    void failsTheStartWhereAPlainMethodWouldHaveToWaitForIt() {
        assertFailure(
                GuardRunner.with(Plain.class),
                "The fallback 'instead' of @Breaker(\"stock\") on %s.stock() does not fit:%n    instead() returns Mono<String>, not String"
                        .formatted(Plain.class.getName()),
                "Declare 'String instead()' in " + Plain.class.getName()
                        + ", optionally with a Throwable as one more parameter.");
    }

    static class Generic<T> {
        @Breaker(name = "stock", fallback = "instead")
        public Mono<T> stock(T article) {
            return Mono.error(new IOException("broken"));
        }

        private Mono<T> instead(T article) {
            return Mono.just(article);
        }
    }

    static class OfText extends Generic<String> {}

    @Test
    void isFoundWhereTheValueIsATypeVariable() {
        GuardRunner.with(OfText.class)
                .run(context -> assertThat(
                                context.getBean(OfText.class).stock("four").block(PATIENCE))
                        .isEqualTo("four"));
    }
}
