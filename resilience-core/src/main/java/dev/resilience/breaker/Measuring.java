package dev.resilience.breaker;

import dev.resilience.Outcome;
import org.jspecify.annotations.Nullable;

/** A state whose calls share one measurement. */
abstract sealed class Measuring extends State permits Closed, Recovering, ForcedClosed {

    private final Measurement measurement;

    Measuring(BreakerState kind, long since, Backoff backoff, Measurement measurement) {
        super(kind, since, backoff);
        this.measurement = measurement;
    }

    Measuring(
            BreakerState kind,
            State from,
            TransitionReason reason,
            long since,
            Backoff backoff,
            Measurement measurement) {
        super(kind, from, reason, since, backoff);
        this.measurement = measurement;
    }

    final Measurement measurement() {
        return measurement;
    }

    /** Returns where a finding leads. */
    abstract State opened(Trip trip, long now, BreakerConfig config);

    @Override
    @Nullable
    BreakerPermit tryEnter(long now, BreakerConfig config) {
        return measurement;
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        throw new IllegalStateException(kind() + " permits every call");
    }

    @Override
    final boolean admitted(BreakerPermit permit) {
        return permit == measurement;
    }

    @Override
    final State after(BreakerPermit permit, Outcome outcome, long nanos, long now, BreakerConfig config) {
        if (!admitted(permit)) {
            return this;
        }
        Trip trip = measurement.record(outcome, nanos, now, config);
        return trip == null ? this : opened(trip, now, config);
    }

    @Override
    final State afterRefusal(BreakerPermit permit, long now, BreakerConfig config) {
        if (!admitted(permit)) {
            return this;
        }
        Trip trip = measurement.recordRefusal(now, config);
        return trip == null ? this : opened(trip, now, config);
    }

    @Override
    final void giveBack(BreakerPermit permit) {
        // the measurement is shared and counts outcomes, not permits
    }

    @Override
    final void fit(BreakerConfig config, long now) {
        measurement.fit(config, now);
    }

    @Override
    final WindowSnapshot window(long now, BreakerConfig config) {
        return measurement.snapshot(now, config);
    }
}
