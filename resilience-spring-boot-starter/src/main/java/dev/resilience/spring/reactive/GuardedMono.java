package dev.resilience.spring.reactive;

import dev.resilience.Guard;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** A {@link Mono} each of whose subscriptions is guarded. */
final class GuardedMono<T> extends MonoOperator<T, T> {

    private final Guard guard;
    private final boolean tellsOutcome;

    /**
     * Creates one.
     *
     * @param tellsOutcome whether an error is an {@link EndedException}
     */
    GuardedMono(Mono<? extends T> source, Guard guard, boolean tellsOutcome) {
        super(source);
        this.guard = guard;
        this.tellsOutcome = tellsOutcome;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        new GuardedSubscription<T>(source, actual, true, tellsOutcome).beginUnder(guard);
    }
}
