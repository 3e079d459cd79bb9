package dev.resilience.spring.shared;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Tally;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.WindowSize;
import dev.resilience.spring.shared.SyncDelta.Noting;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in the sums of a breaker: what to tell of its own calls and when, and what the sums of all nodes mean. The sums
 * decide whether the fleet opens; that this node stands open is no vote.
 */
/*
 * How many calls were under way over time is found by looking now and then, because to know it exactly every call would have to
 * write when it began, where now it writes nothing. A look is taken at least four times in a tenth of the window.
 */
final class WindowShare implements Proposals {

    private static final int BUCKETS = 10;
    /** In how many parts of a bucket a node looks and tells, where concurrency is judged. */
    private static final int LOOKS = 4;
    /** The longest pause of a node that is well, in parts of the window. */
    private static final int THIRD = 3;

    private static final Duration SHORTEST_BUCKET = Duration.ofMillis(10);

    private final Fleet fleet;
    private final StoreLine line;
    private final SharedBreaker shared;
    private final CircuitBreaker breaker;
    private final Sharing how;
    private @Nullable Tally told;
    private Tally counted;
    private long lookedAt;
    private double busyNanos;
    private long toldAt;
    private long dueAt;
    private boolean urgent;
    private boolean fleetIsUneasy;
    private boolean proposing;
    private int failingNodes;

    WindowShare(Fleet fleet, StoreLine line, SharedBreaker shared, CircuitBreaker breaker, Sharing how) {
        this.fleet = fleet;
        this.line = line;
        this.shared = shared;
        this.breaker = breaker;
        this.how = how;
        this.counted = breaker.tally();
    }

    @Override
    public void found(TransitionReason reason) {
        urgent = true;
        fleet.exchangeSums();
    }

    @Override
    public void withdraw() {
        // this node stood open for itself: there is nothing that the fleet would have heard of
    }

    @Override
    public void decided() {
        fleetIsUneasy = false;
        proposing = false;
        failingNodes = 0;
        busyNanos = 0;
    }

    @Override
    public void alone() {
        decided();
        told = null;
    }

    @Override
    public int votes() {
        return failingNodes;
    }

    /** Returns how often it takes a look at least; null if that does not matter to it. */
    @Nullable
    Duration longestPause() {
        Duration bucket = bucket();
        return bucket == null || how.concurrent() == null ? null : bucket.dividedBy(LOOKS);
    }

    /** Returns the width of a tenth of the window; null if it is none of time at the moment, which nothing can be summed over. */
    private @Nullable Duration bucket() {
        if (breaker.config().window() instanceof WindowSize.Time time) {
            Duration tenth = time.length().dividedBy(BUCKETS);
            return Duration.ofMillis(Waits.longerOf(tenth, SHORTEST_BUCKET).toMillis());
        }
        return null;
    }

    /**
     * Takes a look at what was counted.
     *
     * @return whether there is anything to tell
     */
    boolean look() {
        long now = breaker.ticker().nanos();
        Tally seen = breaker.tally();
        if (told == null) {
            // what happened while nobody listened belongs to no window
            told = seen;
            toldAt = now;
            dueAt = now;
        } else {
            busyNanos += (counted.concurrent() + seen.concurrent()) / 2.0 * (now - lookedAt);
        }
        counted = seen;
        lookedAt = now;
        return bucket() != null && (untold().calls() > 0 || busyNanos > 0);
    }

    /** Returns whether the breaker is in a state of the fleet's whose calls are summed up. */
    boolean isCounted() {
        BreakerState state = shared.fleetState();
        return state == BreakerState.CLOSED || state == BreakerState.RECOVERING || state == BreakerState.FORCED_CLOSED;
    }

    /** Returns what was counted and not told. */
    private Tally untold() {
        Tally before = told;
        if (before == null || before.epoch() != counted.epoch()) {
            return counted;
        }
        return new Tally(
                counted.epoch(),
                counted.calls() - before.calls(),
                counted.failures() - before.failures(),
                counted.slow() - before.slow(),
                counted.nanos() - before.nanos(),
                counted.concurrent());
    }

    /** Returns whether it is time to tell: at once where a limit is not far, now and then otherwise. */
    boolean isDue() {
        return urgent || fleetIsUneasy || limits().isNear(countsHere(untold())) || lookedAt - dueAt >= 0;
    }

    /**
     * Returns what to tell, and takes it as told: should it not arrive, it is lost, as twice would be worse.
     *
     * @param pace how long to wait with the next one, unless a limit comes near
     */
    SyncDelta take(Pace pace) {
        Tally delta = untold();
        Duration bucket = Objects.requireNonNull(bucket());
        SyncDelta taken = new SyncDelta(
                shared.name(),
                shared.known(),
                delta.calls(),
                delta.failures(),
                delta.slow(),
                Duration.ofNanos(delta.nanos()),
                Duration.ofNanos(Math.round(busyNanos)),
                bucket,
                noting(delta));
        told = counted;
        toldAt = lookedAt;
        dueAt = lookedAt + pace.between(bucket, longestWait(bucket)).toNanos();
        busyNanos = 0;
        urgent = false;
        return taken;
    }

    private Duration longestWait(Duration bucket) {
        return how.concurrent() == null ? bucket.multipliedBy(BUCKETS).dividedBy(THIRD) : bucket;
    }

    private FleetLimits limits() {
        return new FleetLimits(breaker.config().trip(), how);
    }

    /** Returns what this node counted, as if all nodes had as many calls under way as it has had since it last told. */
    private FleetLimits.Counts countsHere(Tally delta) {
        long since = lookedAt - toldAt;
        return FleetLimits.Counts.of(delta, since > 0 ? busyNanos / since * fleet.live() : 0);
    }

    private Noting noting(Tally delta) {
        if (how.quorum().isOne()) {
            return Noting.NOBODY;
        }
        return limits().isInTrouble(countsHere(delta)) ? Noting.THIS_NODE : Noting.IF_IT_FAILED;
    }

    /** Hears what the store says to what was told. */
    void answered(SyncAnswer answer) {
        if (answer instanceof SyncAnswer.Sums sums) {
            heard(sums);
        } else if (answer instanceof SyncAnswer.Unusable unusable) {
            line.foundUnusable(unusable.status());
        } else {
            fleet.counts().stale.increment();
            shared.read();
        }
    }

    private void heard(SyncAnswer.Sums sums) {
        Duration bucket = bucket();
        if (sums.epoch() != shared.known() || bucket == null) {
            return;
        }
        line.foundUsable();
        FleetLimits.Counts counts = FleetLimits.Counts.of(sums, bucket);
        failingNodes = sums.failingNodes();
        fleetIsUneasy = limits().isNear(counts);
        shared.show(Scope.FLEET);
        TransitionReason reason = limits().reached(counts);
        if (reason != null && !proposing && !shared.isShadow()) {
            propose(reason);
        }
    }

    /** Counts the live nodes first: one that was alone a moment ago must not decide for those that have come since. */
    private void propose(TransitionReason reason) {
        proposing = true;
        fleet.countLive(() -> {
            proposing = false;
            if (shared.need() <= Math.max(1, failingNodes)) {
                open(reason);
            }
        });
    }

    private void open(TransitionReason reason) {
        BreakerConfig config = breaker.config();
        if (config.window() instanceof WindowSize.Time window) {
            StoreCommand.Open open = new StoreCommand.Open(
                    reason.name(), shared.need(), window.length(), false, States.interval(config, fleet.random()));
            line.act(open, shared.known(), shared::follow);
        }
    }
}
