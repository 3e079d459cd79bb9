package dev.resilience.spring.reactive;

import dev.resilience.Guard;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** A {@link Flux} each of whose subscriptions is guarded. */
final class GuardedFlux<T> extends FluxOperator<T, T> {

    private final Guard guard;
    private final boolean tellsOutcome;

    /**
     * Creates one.
     *
     * @param tellsOutcome whether an error is an {@link EndedException}
     */
    GuardedFlux(Flux<? extends T> source, Guard guard, boolean tellsOutcome) {
        super(source);
        this.guard = guard;
        this.tellsOutcome = tellsOutcome;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        new GuardedSubscription<T>(source, actual, false, tellsOutcome).beginUnder(guard);
    }
}
