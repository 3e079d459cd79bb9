package dev.resilience.spring.shared;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.ProbeLease;
import dev.resilience.spring.shared.StoreCommand.Probe;
import java.time.Duration;

/**
 * One node's probes of an open breaker: asks the fleet for leases where calls want to be made, and tells how these ended. On the
 * member's thread only.
 */
final class FleetProbes {

    private static final Duration SPREAD = Duration.ofSeconds(10);
    private static final Duration SPREAD_EACH = Duration.ofMillis(1);
    /** How soon a node asks again for a probe that others make. */
    private static final Duration CLAIM_PAUSE = Duration.ofMillis(50);
    /** How often a node looks whether anybody wants to call an open dependency again. */
    private static final Duration DEMAND_PAUSE = Duration.ofMillis(250);

    private final Fleet fleet;
    private final StoreLine line;
    private final SharedBreaker shared;
    private final CircuitBreaker breaker;
    private final Alarm alarm;
    private long refused;
    private long waitingIn;
    private int waitingAt;
    private long waitingSince;

    FleetProbes(Fleet fleet, StoreLine line, SharedBreaker shared, CircuitBreaker breaker, Alarm alarm) {
        this.fleet = fleet;
        this.line = line;
        this.shared = shared;
        this.breaker = breaker;
        this.alarm = alarm;
    }

    /** Sees from now on whether calls are refused. */
    void begin() {
        refused = refusals();
    }

    /** Claims probes once so much time is over and calls are refused. */
    void claimAfter(Duration delay) {
        alarm.set(delay.plus(spread()), this::claimIfWanted);
    }

    private Duration spread() {
        return fleet.spread(SPREAD, SPREAD_EACH);
    }

    private void claimIfWanted() {
        if (shared.isShadow() || refusals() == refused) {
            alarm.set(DEMAND_PAUSE, this::claimIfWanted);
        } else {
            claim();
        }
    }

    private long refusals() {
        return breaker.snapshot().totals().allRejected();
    }

    private void claim() {
        BreakerConfig config = breaker.config();
        MemberSettings settings = fleet.settings();
        Duration lasts = States.lease(config, settings.leaseStart());
        long startBy = breaker.ticker().nanos() + settings.leaseStart().toNanos();
        line.act(
                new StoreCommand.Claim(config.halfOpen().probes(), lasts, States.round(config), settings.takeover()),
                shared.known(),
                answer -> claimed(answer, startBy));
    }

    private void claimed(StoreAnswer answer, long startBy) {
        begin();
        long round = answer.epoch();
        shared.follow(
                answer,
                answer.leases().stream()
                        .<ProbeLease>map(id -> new Lease(id, round, startBy))
                        .toList());
        if (round == shared.known() && answer.breakerState() == BreakerState.HALF_OPEN) {
            goOn(answer);
        }
    }

    private void goOn(StoreAnswer answer) {
        boolean mustAskAgain = answer.leases().isEmpty();
        if (!mustAskAgain) {
            waitingIn = 0;
        }
        if (mustAskAgain && isStuck(answer)) {
            shared.decideHere();
        } else {
            alarm.set(
                    mustAskAgain ? CLAIM_PAUSE.plus(spread()) : fleet.settings().leaseStart(), this::claimIfWanted);
        }
    }

    /**
     * Returns whether others have had the probes of this round for longer than any lease lasts, and none has come back: they died with a
     * store that cannot count, or somebody lies.
     */
    private boolean isStuck(StoreAnswer answer) {
        long now = breaker.ticker().nanos();
        int done = answer.state() == null ? 0 : answer.state().done();
        if (answer.epoch() != waitingIn || done != waitingAt) {
            waitingIn = answer.epoch();
            waitingAt = done;
            waitingSince = now;
        }
        Duration longest = States.lease(breaker.config(), fleet.settings().leaseStart())
                .plus(fleet.settings().takeover())
                .plus(SPREAD);
        return now - waitingSince > longest.toNanos();
    }

    /** A probe that the store left to this node. */
    private final class Lease implements ProbeLease {

        private final String id;
        private final long round;
        private final long startBy;

        Lease(String id, long round, long startBy) {
            this.id = id;
            this.round = round;
            this.startBy = startBy;
        }

        @Override
        public long startBy() {
            return startBy;
        }

        @Override
        public void ended(Outcome outcome, boolean slow) {
            report(outcome.isFailure() ? Probe.FAILURE : Probe.SUCCESS, slow);
        }

        @Override
        public void unused() {
            report(Probe.UNUSED, false);
        }

        private void report(Probe how, boolean slow) {
            fleet.execute(() -> probed(this, how, slow));
        }
    }

    private void probed(Lease lease, Probe how, boolean slow) {
        if (lease.round != shared.known()) {
            return;
        }
        line.act(
                new StoreCommand.Result(lease.id, how, slow, States.interval(breaker.config(), fleet.random())),
                shared.known(),
                shared::follow);
        if (how != Probe.UNUSED) {
            claim();
        }
    }
}
