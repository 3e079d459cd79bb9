package dev.resilience.spring.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.Ticker;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Deadlines and criticalities, carried by those that know nothing of them but that there are accessors. */
class AccessorsTests {

    private final Deadline deadline = Deadline.after(Duration.ofSeconds(2), Ticker.system());
    private final Criticality criticality = Criticality.of("customer");

    /** What a thread has. */
    private record Seen(Deadline deadline, Criticality criticality) {
        static Seen here() {
            return new Seen(Deadline.current(), Criticality.current());
        }
    }

    @BeforeEach
    void open() {
        Deadline.restore(deadline);
        Criticality.restore(criticality);
    }

    @AfterEach
    void forget() {
        Deadline.restore(null);
        Criticality.restore(null);
        Hooks.disableAutomaticContextPropagation();
    }

    @Test
    void areCarriedToAnotherThreadByASnapshot() throws Exception {
        ContextSnapshot snapshot = ContextSnapshotFactory.builder().build().captureAll();
        CompletableFuture<Seen> inside = new CompletableFuture<>();
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            worker.submit(snapshot.wrap(() -> inside.complete(Seen.here()))).get();
            assertThat(inside.join()).isEqualTo(new Seen(deadline, criticality));
            assertThat(worker.submit(Seen::here).get()).isEqualTo(new Seen(null, null));
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void areClearedAndRestoredByASnapshotWithoutThem() {
        Deadline.restore(null);
        Criticality.restore(null);
        ContextSnapshot empty =
                ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
        open();
        CompletableFuture<Seen> inside = new CompletableFuture<>();
        Runnable looking = () -> inside.complete(Seen.here());
        empty.wrap(looking).run();
        assertThat(inside.join()).isEqualTo(new Seen(null, null));
        assertThat(Seen.here()).isEqualTo(new Seen(deadline, criticality));
    }

    @Test
    void areCapturedIntoReactorsContext() {
        Optional<Object> captured = Mono.deferContextual(
                        context -> Mono.just(context.<Object>getOrEmpty(DeadlineAccessor.KEY)))
                .contextCapture()
                .block();
        assertThat(captured).containsSame(deadline);
    }

    @Test
    void areOnTheThreadsOfReactorWhereItPropagatesContext() {
        Hooks.enableAutomaticContextPropagation();
        Deadline.restore(null);
        Criticality.restore(null);
        Seen seen = Mono.fromCallable(Seen::here)
                .subscribeOn(Schedulers.boundedElastic())
                .contextWrite(context ->
                        context.put(DeadlineAccessor.KEY, deadline).put(CriticalityAccessor.KEY, criticality))
                .block();
        assertThat(seen).isEqualTo(new Seen(deadline, criticality));
        assertThat(Mono.fromCallable(Seen::here)
                        .subscribeOn(Schedulers.boundedElastic())
                        .block())
                .isEqualTo(new Seen(null, null));
    }
}
