package dev.resilience.breaker;

/** Rejects every call until its interval is over; keeps what it was opened for, so that a rejection can say why. */
final class Open extends Refusing {

    private final Trip trip;

    Open(State from, Trip trip, long now, Backoff backoff, BreakerConfig config) {
        super(BreakerState.OPEN, from, trip.reason(), now, backoff, config);
        this.trip = trip;
    }

    /**
     * Returns this state with an interval of at least so many nanoseconds, or of {@code open.max-duration} if that is less. Only before
     * it is entered.
     */
    Open atLeastFor(long nanos, State from, BreakerConfig config) {
        long longest = Math.min(nanos, config.open().maxDuration().toNanos());
        return longest <= backoff().interval()
                ? this
                : new Open(from, trip, since(), backoff().of(longest), config);
    }

    /** Returns how much of the interval is left; 0 or less when a probe is due. */
    long left(long now) {
        return backoff().interval() - (now - since());
    }

    @Override
    State asked(long now, BreakerConfig config) {
        return left(now) > 0 ? this : new HalfOpen(this, TransitionReason.PROBE_DUE, now);
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        return new Refusal.StillOpen(trip, left(now));
    }
}
