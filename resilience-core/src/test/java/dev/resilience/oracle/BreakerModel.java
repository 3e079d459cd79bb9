package dev.resilience.oracle;

import dev.resilience.GuardMode;
import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TransitionReason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a breaker's states, as literally as code can say them: slow, for one thread, on lists that are counted anew for each
 * question. It shares nothing with the product but the types of configuration, states and reasons.
 *
 * <p>Times are nanoseconds since the breaker was made. Whoever uses it sets {@link #now} and {@link #die} before each operation.
 */
final class BreakerModel {

    /** What a permit is good for. */
    enum Kind {
        WINDOW,
        PROBE,
        SHADOW,
        OFF
    }

    /**
     * The right to one call.
     *
     * @param stretch the stretch of time that it belongs to
     * @param number tells it from all others
     */
    record Permit(Kind kind, int stretch, long grantedAt, long number) {

        /** Returns whether it was not mode or rollout alone that granted it. */
        boolean isJudged() {
            return kind == Kind.WINDOW || kind == Kind.PROBE;
        }
    }

    /** What comes of asking: one of the two. */
    record Answer(@Nullable Permit permit, @Nullable RejectionReason refusal) {}

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
    BreakerState state = BreakerState.CLOSED;
    long since;
    int streak;
    long concurrent;

    /** When an open breaker lets a probe through. */
    long retryAt;

    private ModelSettings settings;
    private @Nullable Long lastInterval;
    private long closedAt;
    private @Nullable Long forcedUntil;

    /** Counts the entries into a state but for the end of a ramp: what a call has to belong to for its outcome to count. */
    private int stretch;

    private long permits;

    /** All that counted in this stretch of time, whichever windows there were. */
    private List<ModelWindow.Entry> outcomes = new ArrayList<>();

    private ModelWindow window;
    private ModelWindow attempts;
    private ModelView left = ModelView.EMPTY;
    private ModelProbes probes = new ModelProbes();
    private BigInteger credit = BigInteger.ZERO;

    BreakerModel(BreakerConfig config) {
        settings = ModelSettings.of(config);
        window = new ModelWindow(config.window(), 0);
        attempts = new ModelWindow(config.window(), 0);
    }

    BreakerConfig config() {
        return settings.effective();
    }

    private boolean isOff() {
        return config().enforcement().mode() == GuardMode.OFF;
    }

    // asking

    /** Asks for a permit, for a caller whose deadline is over or not. */
    Answer ask(boolean late) {
        look();
        if (isOff()) {
            return granted(Kind.OFF);
        }
        if (state == BreakerState.OPEN && now >= retryAt && !late) {
            enter(BreakerState.HALF_OPEN, TransitionReason.PROBE_DUE, now);
        }
        RejectionReason refusal = late ? RejectionReason.DEADLINE : refusal();
        if (refusal == null) {
            concurrent++;
            return granted(state == BreakerState.HALF_OPEN ? Kind.PROBE : Kind.WINDOW);
        }
        if (state == BreakerState.FORCED_OPEN || isEnforced()) {
            totals.rejected.add(refusal);
            return new Answer(null, refusal);
        }
        totals.shadowRejected.add(refusal);
        concurrent++;
        return granted(Kind.SHADOW);
    }

    private boolean isEnforced() {
        return config().enforcement().mode() == GuardMode.ENFORCE
                && die * 100 < config().enforcement().rollout();
    }

    private Answer granted(Kind kind) {
        Permit permit = new Permit(kind, stretch, now, permits++);
        if (kind == Kind.PROBE) {
            probes.running.add(permit);
        }
        return new Answer(permit, null);
    }

    private @Nullable RejectionReason refusal() {
        return switch (state) {
            case CLOSED, FORCED_CLOSED -> null;
            case OPEN -> RejectionReason.OPEN;
            case FORCED_OPEN -> RejectionReason.FORCED_OPEN;
            case HALF_OPEN -> probes.hasRoom(config().halfOpen().probes()) ? null : RejectionReason.HALF_OPEN;
            case RECOVERING -> paysForItself() ? null : RejectionReason.RECOVERING;
        };
    }

    private boolean paysForItself() {
        credit = ModelRules.earned(credit, now - since, config().halfOpen().ramp());
        boolean admitted = ModelRules.suffices(credit);
        credit = admitted ? ModelRules.paid(credit) : credit;
        return admitted;
    }

    /** Returns the least time until a call that was refused so may be permitted. */
    Duration retryAfter(RejectionReason refusal) {
        if (refusal == RejectionReason.DEADLINE) {
            return Duration.ofSeconds(1);
        }
        if (state == BreakerState.OPEN) {
            return Duration.ofNanos(retryAt - now);
        }
        return forcedUntil == null ? Duration.ofSeconds(1) : Duration.ofNanos(forcedUntil - now);
    }

    // ending

    void end(Permit permit, Outcome outcome, long nanos) {
        if (permit.kind() == Kind.OFF) {
            return;
        }
        look();
        concurrent--;
        boolean slow = ModelRules.isSlow(config().trip(), outcome, nanos);
        totals.ended.add(new ModelTotals.Ended(outcome, nanos, slow));
        if (isOff()) {
            probes.running.remove(permit);
            return;
        }
        boolean isCurrent = isCurrent(permit);
        probes.running.remove(permit);
        boolean tells = outcome != Outcome.IGNORED && (outcome != Outcome.CANCELLED || slow);
        if (isCurrent && tells) {
            boolean failure = outcome == Outcome.FAILURE || outcome == Outcome.TIMEOUT;
            count(new ModelWindow.Entry(now, false, failure, slow, outcome == Outcome.CANCELLED));
        }
    }

    private void count(ModelWindow.Entry entry) {
        if (state == BreakerState.HALF_OPEN) {
            probes.ended.add(entry);
            judgeProbes();
        } else {
            outcomes.add(entry);
            window.add(entry);
            if (config().trip().saturationRate() != null) {
                attempts.add(entry);
            }
            judge(true);
        }
    }

    void refuse(Permit permit) {
        if (permit.kind() == Kind.OFF) {
            return;
        }
        look();
        boolean isCurrent = isCurrent(permit);
        giveBack(permit);
        if (isCurrent && permit.kind() == Kind.WINDOW && config().trip().saturationRate() != null) {
            attempts.add(new ModelWindow.Entry(now, true, false, false, false));
            judge(false);
        }
    }

    void giveBack(Permit permit) {
        if (permit.kind() == Kind.OFF) {
            return;
        }
        look();
        concurrent--;
        probes.running.remove(permit);
    }

    /** Returns whether a permit's outcome would count. */
    boolean isCurrent(Permit permit) {
        look();
        return switch (permit.kind()) {
            case WINDOW -> !isOff() && permit.stretch() == stretch;
            case PROBE -> !isOff() && probes.running.contains(permit);
            case SHADOW, OFF -> false;
        };
    }

    private void judge(boolean afterOutcome) {
        TransitionReason tripped = ModelRules.tripped(config(), outcomes, window, attempts, now, afterOutcome);
        if (tripped != null && state != BreakerState.FORCED_CLOSED) {
            open(tripped);
        }
    }

    private void judgeProbes() {
        TransitionReason verdict = ModelRules.probed(config(), probes);
        if (verdict == TransitionReason.PROBES_PASSED) {
            boolean ramp = !config().halfOpen().ramp().isZero();
            enter(ramp ? BreakerState.RECOVERING : BreakerState.CLOSED, verdict, now);
        } else if (verdict != null) {
            open(verdict);
        }
    }

    // moving

    private void open(TransitionReason why) {
        boolean relapse = state != BreakerState.CLOSED || (lastInterval != null && now - closedAt < lastInterval);
        streak = relapse ? streak + 1 : 0;
        lastInterval = ModelRules.interval(config().open(), streak, die);
        enter(BreakerState.OPEN, why, now);
        retryAt = now + lastInterval;
    }

    /** Takes over how the product rounded an interval, where it is right to the nanosecond or two. */
    void round(long seen) {
        if (Math.abs(seen - retryAt) <= 2) {
            lastInterval = Objects.requireNonNull(lastInterval) + seen - retryAt;
            retryAt = seen;
        }
    }

    private void enter(BreakerState next, TransitionReason why, long at) {
        left = view(at);
        moves.add(new Move(state, next, why, moves.size() + 1L, at, left.failureRate(), left.slowCallRate()));
        totals.entered.add(next);
        state = next;
        since = at;
        closedAt = next == BreakerState.CLOSED ? at : closedAt;
        forcedUntil = null;
        probes = new ModelProbes();
        credit = BigInteger.valueOf(900);
        if (why != TransitionReason.RAMP_ENDED) {
            stretch++;
            outcomes = new ArrayList<>();
            window = new ModelWindow(config().window(), at);
            attempts = new ModelWindow(config().window(), at);
        }
    }

    /** Makes the changes that time alone makes. */
    void look() {
        for (Long moment = due(); moment != null; moment = due()) {
            if (moment.equals(forcedUntil)) {
                letGo(TransitionReason.EXPIRED, moment);
            } else if (moment.equals(rampEnd())) {
                enter(BreakerState.CLOSED, TransitionReason.RAMP_ENDED, moment);
            } else {
                settings = settings.bare();
                releaseIfOff(moment);
            }
        }
        List<Permit> lost = lost();
        if (!lost.isEmpty()) {
            probes.running.removeAll(lost);
            lost.forEach(probe -> probes.ended.add(new ModelWindow.Entry(now, false, true, true, false)));
            judgeProbes();
        }
    }

    /** Returns the first moment so far at which time has changed something that is not changed yet. */
    private @Nullable Long due() {
        return Stream.of(
                        Optional.ofNullable(forcedUntil),
                        Optional.ofNullable(rampEnd()),
                        Optional.ofNullable(settings.until()))
                .flatMap(Optional::stream)
                .filter(moment -> moment <= now)
                .min(Long::compare)
                .orElse(null);
    }

    private @Nullable Long rampEnd() {
        return state == BreakerState.RECOVERING
                ? (Long) (since + config().halfOpen().ramp().toNanos())
                : null;
    }

    /** Returns the probes whose time is over: they count all at once. */
    private List<Permit> lost() {
        long timeout = config().halfOpen().probeTimeout().toNanos();
        return probes.running.stream()
                .filter(probe -> now >= probe.grantedAt() + timeout)
                .toList();
    }

    // orders

    /** Returns whether the order was taken. */
    boolean force(Force force) {
        look();
        if (isOff()) {
            return false;
        }
        enter(force.state(), TransitionReason.FORCED, now);
        forcedUntil =
                force.duration() == null ? null : (Long) (now + force.duration().toNanos());
        return true;
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

    void configure(BreakerConfig config) {
        look();
        BreakerConfig before = settings.beneath();
        window.forget(now);
        attempts.forget(now);
        settings = settings.withConfig(config);
        boolean watched = before.trip().saturationRate() != null;
        if (!config.window().equals(before.window())) {
            window = new ModelWindow(config.window(), now);
            attempts = new ModelWindow(config.window(), now);
        } else if (watched != (config.trip().saturationRate() != null)) {
            attempts = new ModelWindow(config.window(), now);
        }
        look();
        if (state == BreakerState.HALF_OPEN) {
            judgeProbes();
        }
        releaseIfOff(now);
    }

    void override(BreakerOverride override) {
        look();
        settings = settings.withMore(override, now);
        releaseIfOff(now);
    }

    boolean clearOverride() {
        look();
        boolean overridden = settings.isOverridden();
        settings = settings.bare();
        releaseIfOff(now);
        return overridden;
    }

    private void releaseIfOff(long at) {
        if (isOff() && state.isForced()) {
            letGo(TransitionReason.RELEASED, at);
        }
    }

    // reading

    /** Returns what is shown: of a state that judges nothing, what the one before it showed at its end. */
    ModelView view() {
        return view(now);
    }

    private ModelView view(long at) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> left;
            case HALF_OPEN -> probes.view();
            case CLOSED, RECOVERING, FORCED_CLOSED -> ModelView.of(config(), window, attempts, at);
        };
    }

    boolean isProbeDue() {
        return state == BreakerState.OPEN && now >= retryAt;
    }

    /** Returns the moments at which time alone changes something, none of them past. */
    List<Long> limits() {
        List<Long> limits = new ArrayList<>(List.of(window.nextTenth(now), attempts.nextTenth(now)));
        if (state == BreakerState.OPEN) {
            limits.add(retryAt);
        }
        if (rampEnd() != null) {
            limits.add(rampEnd());
        }
        if (forcedUntil != null) {
            limits.add(forcedUntil);
        }
        if (settings.until() != null) {
            limits.add(settings.until());
        }
        if (lastInterval != null && state == BreakerState.CLOSED) {
            limits.add(closedAt + lastInterval);
        }
        long timeout = config().halfOpen().probeTimeout().toNanos();
        probes.running.forEach(probe -> limits.add(probe.grantedAt() + timeout));
        limits.removeIf(limit -> limit < now || limit == Long.MAX_VALUE);
        return limits;
    }
}
