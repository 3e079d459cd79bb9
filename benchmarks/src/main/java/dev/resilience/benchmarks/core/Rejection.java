package dev.resilience.benchmarks.core;

import dev.resilience.CallRejectedException;
import dev.resilience.Name;
import dev.resilience.RejectionReason;

/** As large as the exception of an open breaker, made from nothing but constants. */
final class Rejection extends CallRejectedException {

    private static final long serialVersionUID = 1L;

    private final Why why;

    Rejection(Name name) {
        super(name, RejectionReason.OPEN, 1, false);
        this.why = new Why(name, 1);
    }

    @Override
    protected String describe(Name name) {
        return name + " " + why;
    }

    private record Why(Name trip, long retryAfterNanos) {}
}
