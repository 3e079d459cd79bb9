package dev.resilience.spring.reactive;

import dev.resilience.Guard;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Guards a {@link Mono} or {@link Flux}: {@code mono.transform(GuardOperator.of(guard))}.
 *
 * <p>Every subscription asks for permits, so that a retried or repeated publisher asks again, and none is asked for at assembly. The
 * permits are held until the last signal. A subscription that has to wait for a bulkhead is delayed, and blocks no thread; cancelling
 * it leaves the queue. Timeouts and deadlines run to the first value. Cancelling after a value is a success, before it the caller gave
 * up. The deadline and the criticality are those of the Reactor context ({@link dev.resilience.Deadline#CONTEXT_KEY},
 * {@link dev.resilience.Criticality#CONTEXT_KEY}), else those of the thread that subscribes. Immutable.
 *
 * @param <T> what the publisher emits
 */
public final class GuardOperator<T> implements UnaryOperator<Publisher<T>> {

    private final Guard guard;
    private final @Nullable Resumption<T> resumption;

    private GuardOperator(Guard guard, @Nullable Resumption<T> resumption) {
        this.guard = guard;
        this.resumption = resumption;
    }

    /** Returns an operator that passes on whatever goes wrong. */
    public static <T> GuardOperator<T> of(Guard guard) {
        return new GuardOperator<>(guard, null);
    }

    /** Returns an operator that goes on with another publisher where the subscription was refused or failed. */
    public static <T> GuardOperator<T> of(Guard guard, Resumption<T> resumption) {
        return new GuardOperator<>(guard, resumption);
    }

    /** Returns the guarded publisher: a {@link Mono} for a {@link Mono}, else a {@link Flux}. */
    @Override
    public Publisher<T> apply(Publisher<T> source) {
        return source instanceof Mono<T> mono ? guarded(mono) : guarded(Flux.from(source));
    }

    private Mono<T> guarded(Mono<T> source) {
        Resumption<T> instead = resumption;
        return instead == null
                ? new GuardedMono<>(source, guard, false)
                : new GuardedMono<>(source, guard, true)
                        .onErrorResume(EndedException.class, ended -> Mono.from(ended.resumedBy(instead)));
    }

    private Flux<T> guarded(Flux<T> source) {
        Resumption<T> instead = resumption;
        return instead == null
                ? new GuardedFlux<>(source, guard, false)
                : new GuardedFlux<>(source, guard, true)
                        .onErrorResume(EndedException.class, ended -> ended.resumedBy(instead));
    }
}
