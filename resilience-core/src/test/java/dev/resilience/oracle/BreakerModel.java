package dev.resilience.oracle;

import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a breaker's states, as literally as code can say them: slow, for one thread, on lists that are counted anew for each
 * question. It shares nothing with the product but the types of configuration, states and reasons.
 *
 * <p>Times are nanoseconds since the breaker was made. Whoever uses it sets {@link #now} and {@link #die} before each operation.
 */
final class BreakerModel {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The right to one call. */
    static final class Permit {
        final int stretch;
        final boolean probe;
        final long grantedAt;

        private Permit(int stretch, boolean probe, long grantedAt) {
            this.stretch = stretch;
            this.probe = probe;
            this.grantedAt = grantedAt;
        }
    }

    /** One entry into a state. */
    record Move(
            BreakerState from,
            BreakerState to,
            TransitionReason reason,
            long generation,
            long at,
            @Nullable Double failureRate,
            @Nullable Double slowCallRate) {}

    /** The clock. */
    long now;

    /** What chance says, uniform in [0, 1). */
    double die;

    final List<Move> moves = new ArrayList<>();
    final ModelTotals totals = new ModelTotals();

    BreakerConfig config;
    BreakerState state = BreakerState.CLOSED;
    long since;
    int streak;
    long concurrent;

    /** When an open breaker lets a probe through. */
    long retryAt;

    private @Nullable Long lastInterval;
    private long closedAt;
    private @Nullable Long forcedUntil;

    /** Counts the entries into a state but for the end of a ramp: what a call's outcome has to belong to. */
    private int stretch;

    private ModelWindow window;
    private ModelWindow attempts;
    private ModelView left = new ModelView(0, 0, 0, 0, null, null, null);
    private ModelProbes probes = new ModelProbes();
    private BigInteger credit = BigInteger.ZERO;

    BreakerModel(BreakerConfig config) {
        this.config = config;
        this.window = ModelWindow.beginning(config.window(), 0);
        this.attempts = ModelWindow.unbegun(config.window());
    }

    // asking

    /** Asks for a permit; the reason if there is none. */
    @Nullable
    RejectionReason ask(List<Permit> granted) {
        look();
        if (state == BreakerState.OPEN && now >= retryAt) {
            enter(BreakerState.HALF_OPEN, TransitionReason.PROBE_DUE, now);
        }
        RejectionReason refusal = refusal();
        if (refusal != null) {
            totals.rejected.add(refusal);
            return refusal;
        }
        Permit permit = new Permit(stretch, state == BreakerState.HALF_OPEN, now);
        if (permit.probe) {
            probes.running.add(permit);
        }
        concurrent++;
        granted.add(permit);
        return null;
    }

    private @Nullable RejectionReason refusal() {
        return switch (state) {
            case CLOSED, FORCED_CLOSED -> null;
            case OPEN -> RejectionReason.OPEN;
            case FORCED_OPEN -> RejectionReason.FORCED_OPEN;
            case HALF_OPEN -> probes.hasRoom(config.halfOpen().probes()) ? null : RejectionReason.HALF_OPEN;
            case RECOVERING -> paysForItself() ? null : RejectionReason.RECOVERING;
        };
    }

    private boolean paysForItself() {
        BigInteger elapsed = BigInteger.valueOf(now - since);
        BigInteger ramp = BigInteger.valueOf(config.halfOpen().ramp().toNanos());
        credit = credit.add(BigInteger.valueOf(100))
                .add(BigInteger.valueOf(900).multiply(elapsed).divide(ramp));
        if (credit.compareTo(BigInteger.valueOf(1000)) < 0) {
            return false;
        }
        credit = credit.subtract(BigInteger.valueOf(1000));
        return true;
    }

    /** Returns the least time until a call may be permitted. */
    Duration retryAfter() {
        if (state == BreakerState.OPEN) {
            return Duration.ofNanos(retryAt - now);
        }
        return forcedUntil == null ? Duration.ofSeconds(1) : Duration.ofNanos(forcedUntil - now);
    }

    // ending

    void end(Permit permit, Outcome outcome, long nanos) {
        look();
        concurrent--;
        boolean slow = isSlow(outcome, nanos);
        totals.ended.add(new ModelTotals.Ended(outcome, nanos, slow));
        boolean tells = outcome != Outcome.IGNORED && (outcome != Outcome.CANCELLED || slow);
        boolean failure = outcome == Outcome.FAILURE || outcome == Outcome.TIMEOUT;
        ModelWindow.Entry entry = new ModelWindow.Entry(now, false, failure, slow, outcome == Outcome.CANCELLED);
        if (permit.probe) {
            if (probes.running.remove(permit) && tells) {
                probes.ended.add(entry);
                judgeProbes();
            }
        } else if (permit.stretch == stretch && tells) {
            window.add(entry);
            if (config.trip().saturationRate() != null) {
                attempts.begin(now);
                attempts.add(entry);
            }
            judge(true);
        }
    }

    private boolean isSlow(Outcome outcome, long nanos) {
        Duration limit = config.trip().slowCallDuration();
        return switch (outcome) {
            case TIMEOUT -> true;
            case IGNORED -> false;
            case SUCCESS, FAILURE, CANCELLED -> limit != null && nanos >= limit.toNanos();
        };
    }

    void refuse(Permit permit) {
        look();
        concurrent--;
        probes.running.remove(permit);
        if (!permit.probe && permit.stretch == stretch && config.trip().saturationRate() != null) {
            attempts.begin(now);
            attempts.add(new ModelWindow.Entry(now, true, false, false, false));
            judge(false);
        }
    }

    void giveBack(Permit permit) {
        look();
        concurrent--;
        probes.running.remove(permit);
    }

    boolean isCurrent(Permit permit) {
        look();
        return permit.probe ? probes.running.contains(permit) : permit.stretch == stretch;
    }

    // judging

    private void judge(boolean afterOutcome) {
        TripConfig trip = config.trip();
        if (state == BreakerState.FORCED_CLOSED) {
            return;
        }
        if (afterOutcome && trip.consecutiveFailures() != null && window.row() >= trip.consecutiveFailures()) {
            open(TransitionReason.CONSECUTIVE_FAILURES);
        } else if (afterOutcome && reached(failures(), calls(), trip.failureRate())) {
            open(TransitionReason.FAILURE_RATE);
        } else if (afterOutcome && trip.slowCallDuration() != null && reached(slow(), calls(), trip.slowCallRate())) {
            open(TransitionReason.SLOW_CALL_RATE);
        } else if (trip.saturationRate() != null && reached(refused(), attempted(), trip.saturationRate())) {
            open(TransitionReason.SATURATION);
        }
    }

    private boolean reached(long part, long whole, double rate) {
        return whole >= minimumCalls() && isAtLeast(part, rate, whole);
    }

    /** Returns whether 100 x part >= rate x whole. */
    private static boolean isAtLeast(long part, double rate, long whole) {
        return HUNDRED.multiply(BigDecimal.valueOf(part))
                        .compareTo(BigDecimal.valueOf(rate).multiply(BigDecimal.valueOf(whole)))
                >= 0;
    }

    private int minimumCalls() {
        int minimum = config.trip().minimumCalls();
        return config.window() instanceof WindowSize.Calls calls ? Math.min(minimum, calls.count()) : minimum;
    }

    private void judgeProbes() {
        TripConfig trip = config.trip();
        int all = config.halfOpen().probes();
        if (isAtLeast(probes.count(ModelWindow.Entry::failure), trip.failureRate(), all)) {
            open(TransitionReason.FAILURE_RATE);
        } else if (trip.slowCallDuration() != null
                && isAtLeast(probes.count(ModelWindow.Entry::slow), trip.slowCallRate(), all)) {
            open(TransitionReason.SLOW_CALL_RATE);
        } else if (probes.ended.size() >= all) {
            boolean ramp = !config.halfOpen().ramp().isZero();
            enter(ramp ? BreakerState.RECOVERING : BreakerState.CLOSED, TransitionReason.PROBES_PASSED, now);
        }
    }

    // moving

    private void open(TransitionReason why) {
        boolean relapse = state != BreakerState.CLOSED || (lastInterval != null && now - closedAt < lastInterval);
        streak = relapse ? streak + 1 : 0;
        lastInterval = interval();
        enter(BreakerState.OPEN, why, now);
        retryAt = now + lastInterval;
    }

    private long interval() {
        BigDecimal longest = BigDecimal.valueOf(config.open().maxDuration().toNanos());
        BigDecimal interval = BigDecimal.valueOf(config.open().duration().toNanos());
        for (int i = 0; i < streak; i++) {
            interval = interval.multiply(BigDecimal.valueOf(config.open().multiplier()))
                    .min(longest);
        }
        BigDecimal share = BigDecimal.valueOf(config.open().jitter()).divide(HUNDRED);
        BigDecimal side = BigDecimal.valueOf(2 * die - 1);
        // a nanosecond at least: a breaker that opens is open
        return interval.multiply(BigDecimal.ONE.add(share.multiply(side)))
                .max(BigDecimal.ONE)
                .longValue();
    }

    /** Takes over how the product rounded an interval, where it is right to the nanosecond or two. */
    void round(long seen) {
        if (Math.abs(seen - retryAt) <= 2) {
            lastInterval = Objects.requireNonNull(lastInterval) + seen - retryAt;
            retryAt = seen;
        }
    }

    private void enter(BreakerState next, TransitionReason why, long at) {
        boolean keepsWindow = why == TransitionReason.RAMP_ENDED;
        left = view();
        moves.add(new Move(state, next, why, moves.size() + 1L, at, left.failureRate(), left.slowCallRate()));
        totals.entered.add(next);
        state = next;
        since = at;
        closedAt = next == BreakerState.CLOSED ? at : closedAt;
        forcedUntil = null;
        probes = new ModelProbes();
        credit = BigInteger.valueOf(900);
        if (!keepsWindow) {
            stretch++;
            empty(at);
        }
    }

    private void empty(long at) {
        window = ModelWindow.beginning(config.window(), at);
        attempts = ModelWindow.unbegun(config.window());
    }

    /** Makes the changes that time alone makes. */
    void look() {
        if (forcedUntil != null && now >= forcedUntil) {
            letGo(TransitionReason.EXPIRED, forcedUntil);
        }
        if (state == BreakerState.RECOVERING) {
            long rampEnds = since + config.halfOpen().ramp().toNanos();
            if (now >= rampEnds) {
                enter(BreakerState.CLOSED, TransitionReason.RAMP_ENDED, rampEnds);
            }
        }
        List<Permit> lost = lost();
        if (!lost.isEmpty()) {
            probes.running.removeAll(lost);
            lost.forEach(probe -> probes.ended.add(new ModelWindow.Entry(now, false, true, true, false)));
            judgeProbes();
        }
    }

    /** Returns the probes whose time is over: they count all at once. */
    private List<Permit> lost() {
        long timeout = config.halfOpen().probeTimeout().toNanos();
        return probes.running.stream()
                .filter(probe -> now >= probe.grantedAt + timeout)
                .toList();
    }

    // orders

    void force(Force force) {
        look();
        enter(force.state(), TransitionReason.FORCED, now);
        forcedUntil =
                force.duration() == null ? null : (Long) (now + force.duration().toNanos());
    }

    boolean release() {
        look();
        boolean forced = state.isForced();
        if (forced) {
            letGo(TransitionReason.RELEASED, now);
        }
        return forced;
    }

    private void letGo(TransitionReason why, long at) {
        boolean open = state == BreakerState.FORCED_OPEN;
        enter(open ? BreakerState.HALF_OPEN : BreakerState.CLOSED, why, at);
    }

    void reset() {
        look();
        streak = 0;
        lastInterval = null;
        enter(BreakerState.CLOSED, TransitionReason.RESET, now);
    }

    // reading

    private long calls() {
        return counted(window, entry -> true);
    }

    private long failures() {
        return counted(window, ModelWindow.Entry::failure);
    }

    private long slow() {
        return counted(window, ModelWindow.Entry::slow);
    }

    private long refused() {
        return counted(attempts, ModelWindow.Entry::refused);
    }

    private long attempted() {
        return counted(attempts, entry -> true);
    }

    private long counted(ModelWindow entries, Predicate<ModelWindow.Entry> wanted) {
        entries.begin(now);
        return entries.count(now, wanted);
    }

    /** Returns what is shown: of a state that judges nothing, what the one before it showed at its end. */
    ModelView view() {
        return switch (state) {
            case OPEN, FORCED_OPEN -> left;
            case HALF_OPEN -> probesView();
            case CLOSED, RECOVERING, FORCED_CLOSED -> windowView();
        };
    }

    private ModelView windowView() {
        int least = minimumCalls();
        return new ModelView(
                calls(),
                failures(),
                slow(),
                refused(),
                ModelView.rate(failures(), calls(), least),
                ModelView.rate(slow(), calls(), least),
                config.trip().saturationRate() == null ? null : ModelView.rate(refused(), attempted(), least));
    }

    private ModelView probesView() {
        return new ModelView(
                probes.ended.size(),
                probes.count(ModelWindow.Entry::failure),
                probes.count(ModelWindow.Entry::slow),
                0,
                null,
                null,
                null);
    }

    boolean isProbeDue() {
        return state == BreakerState.OPEN && now >= retryAt;
    }

    /** Returns the moments at which time alone changes something, none of them past. */
    List<Long> limits() {
        List<Long> limits = new ArrayList<>();
        limits.add(window.nextTenth(now));
        if (state == BreakerState.OPEN) {
            limits.add(retryAt);
        }
        if (state == BreakerState.RECOVERING) {
            limits.add(since + config.halfOpen().ramp().toNanos());
        }
        if (forcedUntil != null) {
            limits.add(forcedUntil);
        }
        if (lastInterval != null && state == BreakerState.CLOSED) {
            limits.add(closedAt + lastInterval);
        }
        probes.running.forEach(probe ->
                limits.add(probe.grantedAt + config.halfOpen().probeTimeout().toNanos()));
        limits.removeIf(limit -> limit < now || limit == Long.MAX_VALUE);
        return limits;
    }
}
