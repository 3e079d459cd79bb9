package dev.resilience.breaker;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerPermit.Exempt;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A breaker's state and all that changes with it. */
/*
 * The machine is its own lock: every method but openDoor, tryRefuse, tryCount and settings is called while holding it, and none calls
 * foreign code.
 *
 * Those three count without it what can change nothing: permits that all get (Door), refusals that all get (Barrier), and successes that
 * can decide nothing (SuccessStripes). Each finds out, in the step in which it counts, whether what it goes by still holds; if not, the
 * caller takes the lock. Whoever changes what they go by, or reads what they counted, closes them first: from there on nothing is counted
 * elsewhere, and all is as with one lock. So a change of state closes door and barrier for good, and a reading for a moment. Each
 * operation begins with a look, which closes the stripes; only an outcome that was judged and left the breaker closed opens them again.
 */
final class Machine {

    private final Name name;
    private final GuardEnvironment environment;
    private final Announcements announcements;
    private final Totals totals = new Totals();
    private Instant enteredAt;
    private long lastUsed;
    private BreakerSnapshot.@Nullable LastFailure lastFailure;
    private @Nullable History history;
    private @Nullable QuietTime quietTime;
    private @Nullable TallyCount tally;
    private volatile Settings settings;
    private volatile State state;
    private volatile @Nullable Door door;
    private volatile @Nullable Barrier barrier;
    private volatile @Nullable SuccessStripes stripes;

    Machine(Name name, BreakerConfig config, BreakerEnvironment environment, Announcements announcements) {
        this.name = name;
        this.environment = environment.guard();
        this.announcements = announcements;
        this.enteredAt = ticker().instant();
        this.lastUsed = ticker().nanos();
        this.settings = Settings.of(config);
        this.state =
                new Closed(lastUsed, Backoff.none(environment.guard().random()), new Measurement(config, lastUsed));
        replaceDoorAndBarrier();
    }

    private Ticker ticker() {
        return environment.ticker();
    }

    /** Returns the permit that every call gets at the moment, counted as granted, or null if it has to {@link #ask}. */
    @Nullable
    BreakerPermit openDoor() {
        Door open = door;
        return open == null ? null : open.tryEnter();
    }

    /** Returns why every call is refused at the moment, counted as such, or null if a call has to {@link #ask}. */
    @Nullable
    Refusal tryRefuse() {
        Barrier put = barrier;
        return put == null ? null : put.tryRefuse(ticker().nanos());
    }

    /** The only place where it changes what calls meet that do not take the lock. */
    private void replaceDoorAndBarrier() {
        closeDoorAndBarrier();
        Measurement all = settings.isSteady() ? state.permitForAll() : null;
        door = all == null ? null : new Door(all);
        barrier = barrierNow();
    }

    private @Nullable Barrier barrierNow() {
        BreakerConfig config = settings.effective();
        return state instanceof Refusing refusing
                        && settings.isSteady()
                        && (refusing instanceof ForcedOpen
                                || config.enforcement().isTotal())
                ? new Barrier(refusing, config)
                : null;
    }

    /** Takes in whom they permitted and refused; from here on calls ask. */
    private void closeDoorAndBarrier() {
        if (door != null) {
            totals.granted(door.close());
        }
        if (barrier != null) {
            totals.rejected(barrier.reason(), barrier.close());
        }
    }

    /** Looks, and takes in whom door and barrier permitted and refused, so that what is read next is of one moment. */
    private void lookAtAll(long now) {
        look(now);
        closeDoorAndBarrier();
        if (door != null) {
            door.open();
        }
        if (barrier != null) {
            barrier.open();
        }
    }

    /** Counts a success if it is one that decides nothing. Returns false if it has to be told to {@link #ended}. */
    boolean tryCount(BreakerPermit permit, long nanos, long now) {
        SuccessStripes open = stripes;
        return open != null && open.tryAdd(permit, nanos, now);
    }

    /**
     * Returns a permit, counted as granted, or a refusal, counted as such.
     *
     * @param late whether nobody waits for the call any longer
     */
    Answer ask(long now, boolean late) {
        look(now);
        lastUsed = now;
        if (settings.isOff()) {
            return new Answer(Exempt.OFF, null);
        }
        BreakerConfig config = settings.effective();
        if (late) {
            return refused(new Refusal.TooLate(), config);
        }
        enter(state.asked(now, config), now);
        BreakerPermit permit = state.tryEnter(now, config);
        if (permit != null) {
            totals.granted(1);
            return new Answer(permit, null);
        }
        return refused(state.refusal(now, config), config);
    }

    private Answer refused(Refusal refusal, BreakerConfig config) {
        if (state instanceof ForcedOpen || config.enforcement().enforces(environment.random())) {
            totals.rejected(refusal.reason(), 1);
            return new Answer(null, refusal);
        }
        totals.shadowRejected(refusal.reason());
        totals.granted(1);
        return new Answer(Exempt.SHADOW, null);
    }

    /** What a call gets that asks: one of the two. */
    record Answer(@Nullable BreakerPermit permit, @Nullable Refusal refusal) {}

    /** Returns whether a limit that one call has reached is a real one for it. */
    boolean enforces(BreakerPermit permit) {
        return !(permit instanceof Exempt) && settings.effective().enforcement().enforces(environment.random());
    }

    boolean isCurrent(BreakerPermit permit, long now) {
        look(now);
        if (permit == Exempt.OFF || settings.isOff()) {
            return permit == Exempt.OFF && settings.isOff();
        }
        return permit == Exempt.SHADOW ? !(state instanceof ForcedOpen) : state.admitted(permit);
    }

    void ended(BreakerPermit permit, Outcome outcome, long nanos, long now) {
        look(now);
        lastUsed = now;
        BreakerConfig config = settings.effective();
        totals.ended(outcome, nanos, config.trip().isSlow(outcome, nanos));
        if (settings.isOff()) {
            state.giveBack(permit);
            return;
        }
        if (tally != null && state.admitted(permit)) {
            tally.ended(outcome, nanos, config.trip());
        }
        enter(state.after(permit, outcome, nanos, now, config), now);
        if (config.trip().isTelling(outcome, nanos)) {
            openStripes(permit, now, config);
        }
    }

    /** Lets successes be counted without the lock, from an outcome of the door's own measurement until they can decide something. */
    private void openStripes(BreakerPermit judged, long now, BreakerConfig config) {
        Measurement open = door == null ? null : door.permit();
        if (open == judged && open.isDecided(config)) {
            stripes = SuccessStripes.opened(stripes, open, config.trip().slowNanos(), now, open.steadyUntil());
        }
    }

    private void closeStripes() {
        SuccessStripes counted = stripes;
        if (counted == null || !counted.isOpen()) {
            return;
        }
        counted.close();
        if (counted.calls() > 0) {
            totals.succeeded(counted.calls(), counted.nanos());
            counted.measurement().addSuccesses(counted.calls(), counted.nanos());
            if (tally != null) {
                tally.succeeded(counted.calls(), counted.nanos());
            }
            lastUsed = Math.max(0, counted.lastAt() - lastUsed) + lastUsed;
        }
    }

    /** Takes in that the dependency asked not to be called for so long, if the outcome that says so is one that counts. */
    void askedForQuiet(BreakerPermit permit, long nanos, long now) {
        look(now);
        if (!settings.isOff() && state.admitted(permit)) {
            quietTime = QuietTime.latest(quietTime, now + nanos);
        }
    }

    void failed(Class<?> culprit) {
        lastFailure = new BreakerSnapshot.LastFailure(culprit.getName(), ticker().instant());
    }

    void refusedByBulkhead(BreakerPermit permit, long now) {
        look(now);
        totals.givenBack();
        if (settings.isOff()) {
            state.giveBack(permit);
        } else {
            enter(state.afterRefusal(permit, now, settings.effective()), now);
        }
    }

    void givenBack(BreakerPermit permit, long now) {
        look(now);
        totals.givenBack();
        state.giveBack(permit);
    }

    void force(Force force, long now) {
        requireOn(now);
        enter(state.forced(force, now, settings.effective()), now);
    }

    void requireOn(long now) {
        look(now);
        if (settings.isOff()) {
            throw new IllegalStateException(
                    "Breaker '" + name + "' is off and cannot be forced; set its mode to enforce or shadow first");
        }
    }

    void obey(BreakerOrders orders, long now) {
        change(seen -> seen.withOverride(orders.override(), now), now);
        if (orders.force() != null && !settings.isOff()) {
            force(orders.force(), now);
        }
    }

    /** Takes over what others agreed on, unless it is off. Returns whether it did. */
    boolean adopt(SharedState shared, long now) {
        look(now);
        if (settings.isOff()) {
            return false;
        }
        enter(state.adopted(shared, now, settings.effective()), now);
        tally = tally == null ? null : new TallyCount();
        return true;
    }

    /** Returns what was counted for others, and counts for them from now on. */
    Tally tally(long now) {
        lookAtAll(now);
        if (tally == null) {
            tally = new TallyCount();
        }
        return tally.read(state.epoch(), totals.concurrent());
    }

    /** Takes probes that others left to this process, if the state still is that of their round. Returns whether it did. */
    boolean lend(long epoch, Iterable<ProbeLease> leases, long now) {
        look(now);
        if (state instanceof LeasedHalfOpen round && state.epoch() == epoch) {
            round.lend(leases);
            return true;
        }
        return false;
    }

    /** Goes on alone where others decided so far. */
    void leave(long now) {
        look(now);
        enter(state.alone(now, settings.effective()), now);
    }

    boolean release(Attribution by, long now) {
        look(now);
        State before = state;
        enter(before.released(by, now, settings.effective()), now);
        return state != before;
    }

    void reset(Attribution by, long now) {
        look(now);
        enter(state.reset(by, now, settings.effective()), now);
    }

    /** Returns the settings before the change. */
    Settings change(UnaryOperator<Settings> change, long now) {
        look(now);
        Settings before = settings;
        apply(change.apply(before), now, now);
        look(now);
        return before;
    }

    /** The only place where time moves the breaker. */
    void look(long now) {
        closeStripes();
        if (settings.isOverrideOver(now)) {
            long end = settings.overrideEnd();
            if (state.kind().isForced()) {
                enter(state.at(end, settings.effective()), now);
            }
            apply(settings.withoutOverride(), end, now);
        }
        enter(state.at(now, settings.effective()), now);
    }

    /**
     * The only place where settings change; nobody can release a force of a breaker that is off, so that is done here.
     *
     * @param when the moment from which on they hold, not after {@code now}
     */
    private void apply(Settings next, long when, long now) {
        settings = next;
        state.fit(next.effective(), when);
        replaceDoorAndBarrier();
        if (next.isOff()) {
            enter(state.released(TransitionReason.RELEASED, when, next.effective()), now);
        }
    }

    /** The only place where the state changes. */
    private void enter(State target, long now) {
        State left = state;
        if (target == left) {
            return;
        }
        State next = target instanceof Open open
                ? open.atLeastFor(quietLeft(open.since()), left, settings.effective())
                : target;
        if (next.reason() != TransitionReason.RAMP_ENDED) {
            quietTime = null;
        }
        if (left instanceof Refusing) {
            // as late as a call can have been refused that a barrier turned away
            lastUsed = now;
        }
        WindowSnapshot window = left.window(next.since(), settings.effective());
        state = next;
        replaceDoorAndBarrier();
        enteredAt = ticker().instant().minusNanos(Math.max(0, now - next.since()));
        totals.entered(next.kind());
        Transition transition = new Transition(
                name,
                left.kind(),
                next.kind(),
                Objects.requireNonNull(next.reason()),
                next.generation(),
                enteredAt,
                window.failureRate(),
                window.slowCallRate(),
                next.node(),
                next.attribution());
        if (history == null) {
            history = new History();
        }
        history.add(transition);
        announcements.add(transition);
    }

    private long quietLeft(long now) {
        return quietTime == null ? 0 : quietTime.left(now);
    }

    BreakerSnapshot snapshot(long now) {
        lookAtAll(now);
        State seen = state;
        Settings set = settings;
        @Nullable Open open = seen instanceof Open o ? o : null;
        return new BreakerSnapshot(
                name,
                seen.kind(),
                seen.generation(),
                enteredAt,
                seen.reason(),
                open == null ? null : enteredAt.plusNanos(seen.backoff().interval()),
                open != null && open.left(now) <= 0,
                seen.backoff().streak(),
                seen.window(now, set.effective()),
                totals.snapshot(),
                totals.concurrent(),
                lastFailure,
                seen.forceInEffect(enteredAt),
                history == null ? List.of() : history.oldestFirst(),
                seen.epoch(),
                seen.leases(),
                set.effective(),
                set.override().keys());
    }

    /** Returns when the breaker was last used, or {@link Long#MAX_VALUE} if forgetting it would lose something. */
    long idleSince(long now) {
        lookAtAll(now);
        boolean idle = state instanceof Closed
                && totals.concurrent() == 0
                && settings.override().equals(BreakerOverride.NONE);
        return idle ? lastUsed : Long.MAX_VALUE;
    }

    Settings settings() {
        return settings;
    }

    BreakerState kind() {
        return state.kind();
    }
}
