package dev.resilience.breaker;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerSnapshot.ForceInEffect;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a breaker does with calls, and where it goes from there. An instance is never entered twice: its identity, and that of the
 * permits it grants, tells whether an outcome still matters.
 */
/*
 * Every transition, and the class that makes it:
 *
 *   from           to             reason                        made by
 *   CLOSED         OPEN           the four findings of Trip     Measuring.after, Closed.opened
 *   OPEN           HALF_OPEN      PROBE_DUE                     Open.asked
 *   HALF_OPEN      OPEN           FAILURE_RATE, SLOW_CALL_RATE  HalfOpen.judged
 *   HALF_OPEN      CLOSED         PROBES_PASSED (no ramp)       HalfOpen.judged
 *   HALF_OPEN      RECOVERING     PROBES_PASSED (ramp)          HalfOpen.judged
 *   RECOVERING     OPEN           the four findings of Trip     Measuring.after, Recovering.opened
 *   RECOVERING     CLOSED         RAMP_ENDED                    Recovering.at
 *   FORCED_OPEN    HALF_OPEN      EXPIRED, RELEASED             ForcedOpen.at, released
 *   FORCED_CLOSED  CLOSED         EXPIRED, RELEASED             ForcedClosed.at, released
 *   any            FORCED_...     FORCED                        State.forced
 *   any            CLOSED         RESET                         State.reset
 *   any            any            the one agreed on elsewhere   State.adopted
 *   OPEN, HALF_OPEN that others decide  OPEN  STORE_LOST        Open.alone, LeasedHalfOpen.alone
 *
 * All of it runs under the breaker's lock and none of it calls foreign code.
 */
abstract sealed class State permits Measuring, HalfOpen, LeasedHalfOpen, Refusing {

    private final BreakerState kind;
    private final long generation;
    private final @Nullable TransitionReason reason;
    private final long since;
    private final Backoff backoff;
    private long epoch;
    private @Nullable String node;
    private Attribution attribution = Attribution.NONE;

    /** Creates the first state of a breaker. */
    State(BreakerState kind, long since, Backoff backoff) {
        this.kind = kind;
        this.generation = 0;
        this.reason = null;
        this.since = since;
        this.backoff = backoff;
    }

    /** Creates the state that follows {@code from}. */
    State(BreakerState kind, State from, TransitionReason reason, long since, Backoff backoff) {
        this.kind = kind;
        this.generation = from.generation + 1;
        this.reason = reason;
        this.since = since;
        this.backoff = backoff;
        this.epoch = from.epoch;
    }

    /** Returns the permit that every call gets without being asked, or null if calls have to ask. */
    @Nullable
    Measurement permitForAll() {
        return null;
    }

    /** Returns what this state has turned into by {@code now} through time alone, or itself. */
    State at(long now, BreakerConfig config) {
        return this;
    }

    /** Returns what this state turns into because a call asks for a permit, or itself. */
    State asked(long now, BreakerConfig config) {
        return this;
    }

    /** Returns a permit for one call, or null if this state refuses it. */
    abstract @Nullable BreakerPermit tryEnter(long now, BreakerConfig config);

    /** Returns why this state refuses a call. */
    abstract Refusal refusal(long now, BreakerConfig config);

    /** Returns whether an outcome of this permit would count here. */
    abstract boolean admitted(BreakerPermit permit);

    /** Returns where the outcome of a call leads, or itself. A permit that this state did not grant leads nowhere. */
    abstract State after(BreakerPermit permit, Outcome outcome, long nanos, long now, BreakerConfig config);

    /** Returns where it leads that the guard's bulkhead had no place for a permitted call, or itself. */
    abstract State afterRefusal(BreakerPermit permit, long now, BreakerConfig config);

    /** Takes a permit back that was not used. */
    abstract void giveBack(BreakerPermit permit);

    /** Begins to measure what another configuration judges, from this moment on. */
    void fit(BreakerConfig config, long now) {}

    /** Returns what is judged here, or was when the judgement fell. */
    abstract WindowSnapshot window(long now, BreakerConfig config);

    /** Returns what people are shown of a force that holds, entered at that time of day; null if there is none. */
    @Nullable
    ForceInEffect forceInEffect(Instant enteredAt) {
        return null;
    }

    /** Returns where an operator's release leads, or itself where nothing is forced. */
    State released(TransitionReason why, long when, BreakerConfig config) {
        return this;
    }

    /** Returns where an operator's release leads that has an author, or itself where nothing is forced. */
    final State released(Attribution by, long now, BreakerConfig config) {
        State next = released(TransitionReason.RELEASED, now, config);
        if (next != this) {
            next.attribution = by;
        }
        return next;
    }

    /** Returns the state that an operator forces. */
    final State forced(Force force, long now, BreakerConfig config) {
        State next = force.state() == BreakerState.FORCED_OPEN
                ? new ForcedOpen(this, force, now, config)
                : new ForcedClosed(this, force, now, config);
        next.attribution = force.attribution();
        return next;
    }

    /** Returns the state of a breaker that has forgotten everything but its generation. */
    final State reset(Attribution by, long now, BreakerConfig config) {
        State next = new Closed(this, TransitionReason.RESET, now, backoff.forgotten(), new Measurement(config, now));
        next.attribution = by;
        return next;
    }

    /** Returns the state that breakers elsewhere agreed on. */
    final State adopted(SharedState shared, long now, BreakerConfig config) {
        State next = shared.state() == BreakerState.RECOVERING
                        && config.halfOpen().ramp().isZero()
                ? closedBy(shared, now, config)
                : following(shared, now, config);
        next.epoch = shared.epoch();
        next.node = shared.node();
        next.attribution =
                shared.force() == null ? shared.attribution() : shared.force().attribution();
        return next;
    }

    private State following(SharedState shared, long now, BreakerConfig config) {
        Backoff drawn = backoff.of(shared.streak(), shared.interval().toNanos());
        return switch (shared.state()) {
            case CLOSED -> closedBy(shared, now, config);
            case OPEN -> new Open(this, shared, now, drawn, config);
            case HALF_OPEN -> new LeasedHalfOpen(this, shared, Objects.requireNonNull(shared.round()), now, drawn);
            case RECOVERING ->
                new Recovering(
                        this,
                        now + shared.left().toNanos() - config.halfOpen().ramp().toNanos(),
                        new Measurement(config, now));
            case FORCED_OPEN -> new ForcedOpen(this, Objects.requireNonNull(shared.force()), now, config);
            case FORCED_CLOSED -> new ForcedClosed(this, Objects.requireNonNull(shared.force()), now, config);
        };
    }

    private State closedBy(SharedState shared, long now, BreakerConfig config) {
        Backoff drawn = backoff.of(shared.streak(), shared.interval().toNanos());
        return new Closed(this, shared.reason(), now, drawn, new Measurement(config, now));
    }

    /** Returns where it leads that those who decide what comes next cannot be reached any longer, or itself. */
    State alone(long now, BreakerConfig config) {
        return this;
    }

    /** Returns how many probes others have left to this process and are not decided. */
    int leases() {
        return 0;
    }

    /** Returns which agreement this state stands on; 0: none. */
    final long epoch() {
        return epoch;
    }

    /** Returns which process decided this state, if it was another; for display. */
    final @Nullable String node() {
        return node;
    }

    /** Returns who ordered this state and why; for display. */
    final Attribution attribution() {
        return attribution;
    }

    final BreakerState kind() {
        return kind;
    }

    final long generation() {
        return generation;
    }

    final @Nullable TransitionReason reason() {
        return reason;
    }

    /** Returns when this state was entered, by the ticker. */
    final long since() {
        return since;
    }

    final Backoff backoff() {
        return backoff;
    }
}
