package dev.resilience.breaker;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rejects every call until its interval is over; keeps what it was opened for, so that a rejection can say why. Where others opened it,
 * they also say when it is over.
 */
final class Open extends Refusing {

    private final @Nullable Trip trip;
    private final boolean isLed;

    Open(State from, Trip trip, long now, Backoff backoff, BreakerConfig config) {
        super(BreakerState.OPEN, from, trip.reason(), now, backoff, config);
        this.trip = trip;
        this.isLed = false;
    }

    /** Creates the state of a breaker that others opened, and who decide when a probe is made. */
    Open(State from, SharedState shared, long now, Backoff backoff, BreakerConfig config) {
        super(
                BreakerState.OPEN,
                from,
                shared.reason(),
                now + shared.left().toNanos() - backoff.interval(),
                backoff,
                config);
        this.trip = null;
        this.isLed = true;
    }

    /** Creates the state of a breaker that others opened, and that decides for itself now. */
    Open(State from, long now, Backoff backoff, BreakerConfig config) {
        super(BreakerState.OPEN, from, TransitionReason.STORE_LOST, now, backoff, config);
        this.trip = null;
        this.isLed = false;
    }

    /**
     * Returns this state with an interval of at least so many nanoseconds, or of {@code open.max-duration} if that is less. Only before
     * it is entered.
     */
    Open atLeastFor(long nanos, State from, BreakerConfig config) {
        long longest = Math.min(nanos, config.open().maxDuration().toNanos());
        return trip == null || longest <= backoff().interval()
                ? this
                : new Open(from, trip, since(), backoff().of(longest), config);
    }

    /** Returns how much of the interval is left; 0 or less when a probe is due. */
    long left(long now) {
        return backoff().interval() - (now - since());
    }

    @Override
    boolean lasts(long now) {
        return left(now) > 0;
    }

    @Override
    State asked(long now, BreakerConfig config) {
        return isLed || left(now) > 0 ? this : new HalfOpen(this, TransitionReason.PROBE_DUE, now);
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        long left = left(now);
        if (left <= 0) {
            return new Refusal.ProbesBusy(0, 0, config.halfOpen().probes());
        }
        return trip == null
                ? new Refusal.OpenElsewhere(Objects.requireNonNull(reason()), node(), left)
                : new Refusal.StillOpen(trip, left);
    }

    /** Keeps the moment of the next probe, spread a little: all that were left alone come to it together. */
    @Override
    State alone(long now, BreakerConfig config) {
        if (!isLed) {
            return this;
        }
        long spread =
                Math.round(config.open().duration().toNanos() * config.open().jitter() / 100);
        return new Open(this, now, backoff().of(Math.max(0, left(now))).plusUpTo(spread), config);
    }
}
