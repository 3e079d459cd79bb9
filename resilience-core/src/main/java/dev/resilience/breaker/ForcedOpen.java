package dev.resilience.breaker;

import dev.resilience.breaker.BreakerSnapshot.ForceInEffect;
import java.time.Instant;

/** Rejects every call because an operator said so. */
final class ForcedOpen extends Refusing {

    private final Hold hold;

    ForcedOpen(State from, Force force, long now, BreakerConfig config) {
        super(BreakerState.FORCED_OPEN, from, TransitionReason.FORCED, now, from.backoff(), config);
        this.hold = new Hold(force, now);
    }

    @Override
    ForceInEffect forceInEffect(Instant enteredAt) {
        return hold.shown(enteredAt);
    }

    @Override
    boolean lasts(long now) {
        return !hold.isOver(now);
    }

    @Override
    State at(long now, BreakerConfig config) {
        return hold.isOver(now) ? released(TransitionReason.EXPIRED, hold.end(), config) : this;
    }

    @Override
    State released(TransitionReason why, long when, BreakerConfig config) {
        return new HalfOpen(this, why, when);
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        Force force = hold.force();
        return new Refusal.HeldOpen(force.by(), force.reason(), hold.left(now));
    }
}
