package dev.resilience.breaker;

import dev.resilience.breaker.BreakerSnapshot.ForceInEffect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Permits every call because an operator said so; measures, and opens for nothing. */
final class ForcedClosed extends Measuring {

    private final Hold hold;

    ForcedClosed(State from, Force force, long now, BreakerConfig config) {
        super(
                BreakerState.FORCED_CLOSED,
                from,
                TransitionReason.FORCED,
                now,
                from.backoff(),
                new Measurement(config, now));
        this.hold = new Hold(force, now);
    }

    @Override
    ForceInEffect forceInEffect(Instant enteredAt) {
        return hold.shown(enteredAt);
    }

    @Override
    @Nullable
    Measurement permitForAll() {
        return hold.expires() ? null : measurement();
    }

    @Override
    State at(long now, BreakerConfig config) {
        return hold.isOver(now) ? released(TransitionReason.EXPIRED, hold.end(), config) : this;
    }

    @Override
    State released(TransitionReason why, long when, BreakerConfig config) {
        return new Closed(this, why, when, backoff(), new Measurement(config, when));
    }

    @Override
    State opened(Trip trip, long now, BreakerConfig config) {
        return this;
    }
}
