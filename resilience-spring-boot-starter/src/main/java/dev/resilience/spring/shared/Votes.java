package dev.resilience.spring.shared;

import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.spring.shared.StoreAnswer.Status;
import java.time.Duration;

/** Votes for an open fleet as long as this node stands open: each node judges its own calls. */
final class Votes implements Proposals {

    private static final Duration SPREAD = Duration.ofSeconds(1);
    private static final Duration SPREAD_EACH = Duration.ofNanos(100_000);
    /** How often a vote is given while it counts once. */
    private static final int GIVEN = 3;

    private final Fleet fleet;
    private final StoreLine line;
    private final SharedBreaker shared;
    private final CircuitBreaker breaker;
    private final Alarm alarm;
    private boolean voting;

    Votes(Fleet fleet, StoreLine line, SharedBreaker shared, CircuitBreaker breaker, Alarm alarm) {
        this.fleet = fleet;
        this.line = line;
        this.shared = shared;
        this.breaker = breaker;
        this.alarm = alarm;
    }

    @Override
    public void found(TransitionReason reason) {
        alarm.set(fleet.spread(SPREAD, SPREAD_EACH), () -> propose(reason));
    }

    /** Counts the live nodes first: one that was alone a moment ago must not decide for those that have come since. */
    private void propose(TransitionReason reason) {
        fleet.countLive(() -> {
            if (shared.isOpenHere()) {
                vote(reason);
            }
        });
    }

    private void vote(TransitionReason reason) {
        Duration ttl = fleet.settings().voteTtl();
        StoreCommand.Open open = new StoreCommand.Open(
                reason.name(), shared.need(), ttl, true, States.interval(breaker.config(), fleet.random()));
        line.act(open, shared.known(), answer -> {
            if (answer.status() == Status.VOTED) {
                voting = true;
                shared.show(Scope.FLEET);
                alarm.set(ttl.dividedBy(GIVEN), () -> propose(reason));
            } else {
                shared.follow(answer);
            }
        });
    }

    @Override
    public void withdraw() {
        alarm.clear();
        if (voting) {
            voting = false;
            line.act(new StoreCommand.Unvote(), shared.known(), shared::follow);
        }
    }

    @Override
    public void decided() {
        voting = false;
    }

    @Override
    public void alone() {
        voting = false;
    }

    @Override
    public int votes() {
        return voting ? 1 : 0;
    }
}
