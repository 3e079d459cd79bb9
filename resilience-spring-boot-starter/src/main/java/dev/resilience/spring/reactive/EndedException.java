package dev.resilience.spring.reactive;

import dev.resilience.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Carries how a subscription ended to what goes on instead; nobody else ever sees it. */
final class EndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Throwable thrown;
    private final @Nullable Outcome outcome;

    EndedException(Throwable thrown, @Nullable Outcome outcome) {
        super(null, thrown, false, false);
        this.thrown = thrown;
        this.outcome = outcome;
    }

    <T> Publisher<? extends T> resumedBy(Resumption<T> resumption) {
        try {
            return resumption.resume(thrown, outcome);
        } catch (Throwable failed) {
            return Flux.error(failed);
        }
    }
}
