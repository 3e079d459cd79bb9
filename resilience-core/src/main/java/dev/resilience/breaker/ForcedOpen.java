package dev.resilience.breaker;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerSnapshot.ForceInEffect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rejects every call because an operator said so. */
final class ForcedOpen extends State {

    private final Hold hold;
    private final WindowSnapshot left;

    ForcedOpen(State from, Force force, long now, BreakerConfig config) {
        super(BreakerState.FORCED_OPEN, from, TransitionReason.FORCED, now, from.backoff());
        this.hold = new Hold(force, now);
        this.left = from.window(now, config);
    }

    @Override
    ForceInEffect forceInEffect(Instant enteredAt) {
        return hold.shown(enteredAt);
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
    @Nullable
    BreakerPermit tryEnter(long now, BreakerConfig config) {
        return null;
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        Force force = hold.force();
        return new Refusal.HeldOpen(force.by(), force.reason(), hold.left(now));
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
        // a breaker that is held open has granted none
    }

    @Override
    WindowSnapshot window(long now, BreakerConfig config) {
        return left;
    }
}
