package dev.resilience.breaker;

/** Permits every call and opens on what their outcomes say. */
final class Closed extends Measuring {

    Closed(long now, Backoff backoff, Measurement measurement) {
        super(BreakerState.CLOSED, now, backoff, measurement);
    }

    Closed(State from, TransitionReason reason, long since, Backoff backoff, Measurement measurement) {
        super(BreakerState.CLOSED, from, reason, since, backoff, measurement);
    }

    @Override
    Measurement permitForAll() {
        return measurement();
    }

    @Override
    State opened(Trip trip, long now, BreakerConfig config) {
        Backoff next = backoff().afterClosedFor(now - since(), config.open());
        return new Open(this, trip, now, next, config);
    }
}
