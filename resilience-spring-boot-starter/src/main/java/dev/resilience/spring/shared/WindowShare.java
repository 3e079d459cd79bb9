package dev.resilience.spring.shared;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Tally;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.TripConfig;
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
    /** From which part of a limit on a node tells what it counted at once. */
    private static final int HALF = 2;
    /*
     * Of concurrency, a smaller part: what two flushes tell can fall into one bucket, and where nodes still flush lazily that must not
     * look like the limit.
     */
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
            return tenth.compareTo(SHORTEST_BUCKET) < 0 ? SHORTEST_BUCKET : Duration.ofMillis(tenth.toMillis());
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
        return urgent || fleetIsUneasy || isUneasy(untold()) || lookedAt - dueAt >= 0;
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

    private boolean isUneasy(Tally delta) {
        TripConfig trip = breaker.config().trip();
        return reaches(delta.failures(), delta.calls(), trip.failureRate() / HALF)
                || (trip.slowCallDuration() != null && reaches(delta.slow(), delta.calls(), trip.slowCallRate() / HALF))
                || isAverageAtLeast(delta.nanos(), delta.calls(), HALF)
                || isBusyHere(THIRD);
    }

    private Noting noting(Tally delta) {
        if (how.quorum().isOne()) {
            return Noting.NOBODY;
        }
        return isInTrouble(delta) ? Noting.THIS_NODE : Noting.IF_IT_FAILED;
    }

    private boolean isInTrouble(Tally delta) {
        boolean isSlow = breaker.config().trip().slowCallDuration() != null && delta.slow() > 0;
        return isSlow || isAverageAtLeast(delta.nanos(), delta.calls(), 1) || isBusyHere(1);
    }

    private static boolean reaches(long part, long calls, double percent) {
        return calls > 0 && part * 100.0 >= percent * calls;
    }

    private boolean isAverageAtLeast(long nanos, long calls, int part) {
        Duration limit = how.averageDuration();
        return limit != null && calls > 0 && (double) nanos / calls * part >= limit.toNanos();
    }

    /** Returns whether this node has its share of so large a part of the concurrency that the fleet may have. */
    private boolean isBusyHere(int part) {
        Integer limit = how.concurrent();
        long since = lookedAt - toldAt;
        return limit != null && since > 0 && busyNanos / since * fleet.live() * part >= limit;
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
        Verdict verdict = new Verdict(sums, bucket);
        failingNodes = sums.failingNodes();
        fleetIsUneasy = verdict.isUneasy();
        shared.show(Scope.FLEET);
        TransitionReason reason = verdict.reason();
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

    /** What sums over the window mean. */
    private final class Verdict {

        private final SyncAnswer.Sums sums;
        private final Duration bucket;
        private final TripConfig trip = breaker.config().trip();

        Verdict(SyncAnswer.Sums sums, Duration bucket) {
            this.sums = sums;
            this.bucket = bucket;
        }

        /** Returns the limit that is reached, the first in the order of the contract; null if none is. */
        @Nullable
        TransitionReason reason() {
            if (sums.calls() >= trip.minimumCalls()) {
                if (trip.isFailureRateReached(sums.failures(), sums.calls())) {
                    return TransitionReason.FAILURE_RATE;
                }
                if (trip.isSlowCallRateReached(sums.slow(), sums.calls())) {
                    return TransitionReason.SLOW_CALL_RATE;
                }
                if (isAverageAtLeast(sums.duration().toNanos(), sums.calls(), 1)) {
                    return TransitionReason.AVERAGE_DURATION;
                }
            }
            return isConcurrencyAtLeast(1) ? TransitionReason.CONCURRENT : null;
        }

        boolean isUneasy() {
            return reaches(sums.failures(), sums.calls(), trip.failureRate() / HALF)
                    || (trip.slowCallDuration() != null
                            && reaches(sums.slow(), sums.calls(), trip.slowCallRate() / HALF))
                    || isAverageAtLeast(sums.duration().toNanos(), sums.calls(), HALF)
                    || isConcurrencyAtLeast(THIRD);
        }

        private boolean isConcurrencyAtLeast(int part) {
            Integer limit = how.concurrent();
            return limit != null && (double) sums.lastBucketBusy().toNanos() / bucket.toNanos() * part >= limit;
        }
    }
}
