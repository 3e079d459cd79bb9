package dev.resilience.breaker;

import dev.resilience.Outcome;
import org.jspecify.annotations.Nullable;

/** Rejects every call until its interval is over; keeps what it was opened for, so that a rejection can say why. */
final class Open extends State {

    private final Trip trip;
    private final WindowSnapshot found;

    Open(State from, Trip trip, long now, Backoff backoff, BreakerConfig config) {
        super(BreakerState.OPEN, from, trip.reason(), now, backoff);
        this.trip = trip;
        this.found = from.window(now, config);
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
    @Nullable
    BreakerPermit tryEnter(long now, BreakerConfig config) {
        return null;
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        return new Refusal.StillOpen(trip, left(now));
    }

    @Override
    boolean admitted(BreakerPermit permit) {
        return false;
    }

    @Override
    State after(BreakerPermit permit, Outcome outcome, long nanos, long now, BreakerConfig config) {
        return this;
    }

    @Override
    State afterRefusal(BreakerPermit permit, long now, BreakerConfig config) {
        return this;
    }

    @Override
    void giveBack(BreakerPermit permit) {
        // an open breaker has granted none
    }

    @Override
    WindowSnapshot window(long now, BreakerConfig config) {
        return found;
    }
}
