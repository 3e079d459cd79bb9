package dev.resilience.breaker;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerPermit.LeasedProbe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Permits as many probes as other processes leave to this one, and decides nothing: whoever leases the probes hears how they ended.
 */
final class LeasedHalfOpen extends State {

    private final SharedState.Round round;
    private final Deque<ProbeLease> free = new ArrayDeque<>();
    private final Deque<LeasedProbe> underWay = new ArrayDeque<>();

    LeasedHalfOpen(State from, SharedState shared, SharedState.Round round, long now, Backoff backoff) {
        super(BreakerState.HALF_OPEN, from, shared.reason(), now, backoff);
        this.round = round;
        free.addAll(shared.leases());
    }

    void lend(Iterable<ProbeLease> leases) {
        leases.forEach(free::addLast);
    }

    @Override
    int leases() {
        return free.size() + underWay.size();
    }

    @Override
    State at(long now, BreakerConfig config) {
        free.removeIf(lease -> isOver(lease, now));
        long timeout = config.halfOpen().probeTimeout().toNanos();
        LeasedProbe oldest = underWay.peekFirst();
        while (oldest != null && now - oldest.grantedAt >= timeout) {
            underWay.removeFirst().lease.ended(Outcome.TIMEOUT, true);
            oldest = underWay.peekFirst();
        }
        return this;
    }

    private static boolean isOver(ProbeLease lease, long now) {
        boolean isOver = now - lease.startBy() >= 0;
        if (isOver) {
            lease.unused();
        }
        return isOver;
    }

    @Override
    @Nullable
    BreakerPermit tryEnter(long now, BreakerConfig config) {
        ProbeLease lease = free.pollFirst();
        if (lease == null) {
            return null;
        }
        LeasedProbe probe = new LeasedProbe(lease, now);
        underWay.addLast(probe);
        return probe;
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        return new Refusal.ProbesBusy(underWay.size(), round.ended(), round.places());
    }

    @Override
    boolean admitted(BreakerPermit permit) {
        return permit instanceof LeasedProbe probe && underWay.contains(probe);
    }

    @Override
    State after(BreakerPermit permit, Outcome outcome, long nanos, long now, BreakerConfig config) {
        if (permit instanceof LeasedProbe probe && underWay.remove(probe)) {
            if (config.trip().isTelling(outcome, nanos)) {
                probe.lease.ended(outcome, config.trip().isSlow(outcome, nanos));
            } else {
                probe.lease.unused();
            }
        }
        return this;
    }

    @Override
    State afterRefusal(BreakerPermit permit, long now, BreakerConfig config) {
        giveBack(permit);
        return this;
    }

    @Override
    void giveBack(BreakerPermit permit) {
        if (permit instanceof LeasedProbe probe && underWay.remove(probe)) {
            probe.lease.unused();
        }
    }

    @Override
    State alone(long now, BreakerConfig config) {
        return new Open(this, now, backoff().upTo(config.open().duration().toNanos()), config);
    }

    @Override
    WindowSnapshot window(long now, BreakerConfig config) {
        return new WindowSnapshot(round.ended(), round.failed(), round.slow(), 0, null, null, null, Duration.ZERO);
    }
}
