package dev.resilience.breaker;

import dev.resilience.Outcome;
import org.jspecify.annotations.Nullable;

/** A state that permits no call and so has none to judge; it keeps what was found when the last judgement fell. */
abstract sealed class Refusing extends State permits Open, ForcedOpen {

    private final WindowSnapshot found;

    Refusing(BreakerState kind, State from, TransitionReason reason, long now, Backoff backoff, BreakerConfig config) {
        super(kind, from, reason, now, backoff);
        this.found = from.window(now, config);
    }

    /** Returns whether time has not ended this state. */
    abstract boolean lasts(long now);

    @Override
    final @Nullable BreakerPermit tryEnter(long now, BreakerConfig config) {
        return null;
    }

    @Override
    final boolean admitted(BreakerPermit permit) {
        return false;
    }

    @Override
    final State after(BreakerPermit permit, Outcome outcome, long nanos, long now, BreakerConfig config) {
        return this;
    }

    @Override
    final State afterRefusal(BreakerPermit permit, long now, BreakerConfig config) {
        return this;
    }

    @Override
    final void giveBack(BreakerPermit permit) {
        // none was granted here
    }

    @Override
    final WindowSnapshot window(long now, BreakerConfig config) {
        return found;
    }
}
