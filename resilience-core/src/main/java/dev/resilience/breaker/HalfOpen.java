package dev.resilience.breaker;

import dev.resilience.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Permits probes, one at a time at first and twice as many after each good one, and decides as soon as their outcomes can.
 *
 * <p>A probe that does not come back in time counts as a timeout, so that no lost call can hold the breaker here.
 */
final class HalfOpen extends State {

    private final Deque<Probe> underWay = new ArrayDeque<>();
    private int ended;
    private int failures;
    private int slow;
    private int good;

    HalfOpen(State from, TransitionReason reason, long since) {
        super(BreakerState.HALF_OPEN, from, reason, since, from.backoff());
    }

    /** The permit of one probe. */
    static final class Probe extends BreakerPermit {
        private final long grantedAt;

        Probe(long grantedAt) {
            this.grantedAt = grantedAt;
        }
    }

    @Override
    State at(long now, BreakerConfig config) {
        long timeout = config.halfOpen().probeTimeout().toNanos();
        Probe oldest = underWay.peekFirst();
        while (oldest != null && now - oldest.grantedAt >= timeout) {
            underWay.removeFirst();
            count(Outcome.TIMEOUT, true);
            oldest = underWay.peekFirst();
        }
        return judged(now, config);
    }

    @Override
    @Nullable
    BreakerPermit tryEnter(long now, BreakerConfig config) {
        if (underWay.size() >= atOnce()
                || underWay.size() + ended >= config.halfOpen().probes()) {
            return null;
        }
        Probe probe = new Probe(now);
        underWay.addLast(probe);
        return probe;
    }

    private long atOnce() {
        return 1L << Math.min(good, Integer.SIZE);
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        return new Refusal.ProbesBusy(underWay.size(), ended, config.halfOpen().probes());
    }

    @Override
    boolean admitted(BreakerPermit permit) {
        return underWay.contains(permit);
    }

    @Override
    State after(BreakerPermit permit, Outcome outcome, long nanos, long now, BreakerConfig config) {
        if (underWay.remove(permit) && config.trip().isTelling(outcome, nanos)) {
            count(outcome, config.trip().isSlow(outcome, nanos));
        }
        return judged(now, config);
    }

    private void count(Outcome outcome, boolean isSlow) {
        ended++;
        failures += outcome.isFailure() ? 1 : 0;
        slow += isSlow ? 1 : 0;
        good += outcome == Outcome.SUCCESS && !isSlow ? 1 : 0;
    }

    private State judged(long now, BreakerConfig config) {
        int probes = config.halfOpen().probes();
        TripConfig trip = config.trip();
        if (Trip.isReached(failures, probes, trip.failureRate())) {
            return opened(new Trip(TransitionReason.FAILURE_RATE, failures, probes, trip.failureRate()), now, config);
        }
        if (trip.slowCallDuration() != null && Trip.isReached(slow, probes, trip.slowCallRate())) {
            return opened(new Trip(TransitionReason.SLOW_CALL_RATE, slow, probes, trip.slowCallRate()), now, config);
        }
        return ended < probes ? this : passed(now, config);
    }

    private State opened(Trip trip, long now, BreakerConfig config) {
        return new Open(this, trip, now, backoff().again(config.open()), config);
    }

    private State passed(long now, BreakerConfig config) {
        Measurement fresh = new Measurement(config, now);
        return config.halfOpen().ramp().isZero()
                ? new Closed(this, TransitionReason.PROBES_PASSED, now, backoff(), fresh)
                : new Recovering(this, now, fresh);
    }

    @Override
    State afterRefusal(BreakerPermit permit, long now, BreakerConfig config) {
        giveBack(permit);
        return this;
    }

    @Override
    void giveBack(BreakerPermit permit) {
        underWay.remove(permit);
    }

    @Override
    WindowSnapshot window(long now, BreakerConfig config) {
        return new WindowSnapshot(ended, failures, slow, 0, null, null, null, Duration.ZERO);
    }
}
