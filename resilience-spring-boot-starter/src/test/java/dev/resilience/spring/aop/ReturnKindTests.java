package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReturnKindTests {

    interface Client {
        Future<String> future();

        CompletionStage<String> stage();

        CompletableFuture<String> completable();

        FutureTask<String> task();

        Mono<String> mono();

        Flux<String> flux();

        ConnectableFlux<String> connectable();

        Publisher<String> publisher();

        Flow.Publisher<String> flow();

        String plain();

        int primitive();

        Optional<String> optional();

        void nothing();
    }

    @ParameterizedTest
    @CsvSource({
        "future, FUTURE",
        "stage, STAGE",
        "completable, STAGE",
        "task, OTHER_FUTURE",
        "mono, PUBLISHER",
        "flux, PUBLISHER",
        "connectable, OTHER_PUBLISHER",
        "publisher, PUBLISHER",
        "flow, PUBLISHER",
        "plain, PLAIN",
        "primitive, PLAIN",
        "optional, PLAIN",
        "nothing, PLAIN"
    })
    void tellsHowAResultComes(String method, ReturnKind kind) throws Exception {
        assertThat(ReturnKind.of(Client.class.getMethod(method))).isEqualTo(kind);
    }
}
