package dev.resilience.breaker;

import dev.resilience.Guard;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerPermit.Exempt;
import dev.resilience.breaker.BreakerSnapshot.ForceInEffect;
import dev.resilience.breaker.BreakerSnapshot.LastFailure;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stops calling a dependency that fails, and finds out carefully when it is well again.
 *
 * <p>For one sequence of outcomes there is one answer: the breaker opens with the very outcome that reaches a threshold. The
 * pattern is Michael Nygard's (<cite>Release It!</cite>, 2007); telling late outcomes apart by the state that admitted their call
 * follows gobreaker's generations and SmallRye's state objects.
 *
 * <p>Safe for use by many threads. No foreign code runs under its lock: listeners hear of a transition after it.
 */
/*
 * The lock guards the state, the settings, the counts and the history. Two things are read without it: a closed state and steady
 * settings, which together let a call through at once. A call that reads them just before they change was permitted just before:
 * its permit belongs to the state that it read, and its outcome finds out.
 */
public final class CircuitBreaker {

    private final Name name;
    private final BreakerEnvironment environment;
    private final Ticker ticker;
    private final Classification classification;
    private final Announcements announcements;
    private final Guard guard;
    private final LongAdder granted = new LongAdder();

    private final Object lock = new Object();
    private final Totals totals = new Totals();
    private final History history = new History();
    private Instant enteredAt;
    private long lastUsed;
    private @Nullable String lastFailureType;
    private @Nullable Instant lastFailureAt;
    private volatile Settings settings;
    private volatile State state;

    /**
     * Creates a closed breaker that stands alone.
     *
     * @throws dev.resilience.InvalidSettingException if {@code name} is no name
     */
    public CircuitBreaker(String name, BreakerConfig config) {
        this(Name.of(name), config, BreakerEnvironment.DEFAULT);
    }

    /** Creates a closed breaker. */
    @SuppressWarnings("this-escape") // the guard keeps the reference and does nothing with it here
    public CircuitBreaker(Name name, BreakerConfig config, BreakerEnvironment environment) {
        this.name = name;
        this.environment = environment;
        this.ticker = environment.guard().ticker();
        this.classification = new Classification(name, environment);
        this.announcements = new Announcements(environment.listener());
        long now = ticker.nanos();
        this.enteredAt = ticker.instant();
        this.lastUsed = now;
        this.settings = Settings.of(config);
        this.state = new Closed(now, Backoff.none(environment.guard().random()), new Measurement(config, now));
        this.guard = Guard.of(this);
    }

    /** Returns the name and key of this breaker. */
    public Name name() {
        return name;
    }

    /**
     * Makes a call, if this breaker permits it, and takes in how it ended.
     *
     * @throws BreakerOpenException if the call was not permitted
     * @throws Exception what the call throws
     */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return guard.call(call);
    }

    /**
     * Asks to make one call. Whoever gets a permit ends it exactly once, by {@link #end}, {@link #refuse} or {@link #giveBack}.
     *
     * @throws BreakerOpenException if the call is not permitted
     */
    public BreakerPermit acquire() {
        BreakerPermit open = state.openDoor();
        if (open != null && settings.steady()) {
            granted.increment();
            return open;
        }
        return ask();
    }

    private BreakerPermit ask() {
        long now = ticker.nanos();
        Answer answer;
        synchronized (lock) {
            look(now);
            lastUsed = now;
            answer = settings.isOff() ? new Answer(Exempt.OFF, null) : answer(now, settings.effective());
        }
        announcements.deliver();
        if (answer.permit == null) {
            throw new BreakerOpenException(
                    name, answer.refusalOrFail(), environment.guard().stackTraces());
        }
        if (answer.permit != Exempt.OFF) {
            granted.increment();
        }
        return answer.permit;
    }

    /** Exactly one of the two is there, unless a call was let through that would have been refused. */
    private record Answer(
            @Nullable BreakerPermit permit, @Nullable Refusal refusal) {
        Refusal refusalOrFail() {
            return Objects.requireNonNull(refusal);
        }
    }

    private Answer answer(long now, BreakerConfig config) {
        enter(state.asked(now, config), now);
        BreakerPermit permit = state.tryEnter(now, config);
        if (permit != null) {
            return new Answer(permit, null);
        }
        Refusal refusal = state.refusal(now, config);
        if (state instanceof ForcedOpen
                || config.enforcement().enforces(environment.guard().random())) {
            totals.rejected(refusal.reason());
            return new Answer(null, refusal);
        }
        totals.shadowRejected(refusal.reason());
        return new Answer(Exempt.SHADOW, null);
    }

    /**
     * Returns whether the state that granted a permit still holds, so that its outcome would count. A call that waited elsewhere
     * since gives back a permit that is not current and asks for another.
     */
    public boolean isCurrent(BreakerPermit permit) {
        if (permit == state.openDoor() && settings.steady()) {
            return true;
        }
        boolean current;
        synchronized (lock) {
            look(ticker.nanos());
            if (permit == Exempt.OFF || settings.isOff()) {
                current = permit == Exempt.OFF && settings.isOff();
            } else {
                current = permit == Exempt.SHADOW ? !(state instanceof ForcedOpen) : state.admitted(permit);
            }
        }
        announcements.deliver();
        return current;
    }

    /**
     * Ends a permit with how the call ended.
     *
     * @param outcome what it says about the dependency
     * @param startedAt when the call was made, by this breaker's ticker, when it had all its permits
     * @param endedAt when it ended
     * @param culprit the exception or value behind a failure, for display; or null
     */
    public void end(BreakerPermit permit, Outcome outcome, long startedAt, long endedAt, @Nullable Object culprit) {
        if (permit == Exempt.OFF) {
            return;
        }
        long nanos = Math.max(0, endedAt - startedAt);
        synchronized (lock) {
            look(endedAt);
            lastUsed = endedAt;
            BreakerConfig config = settings.effective();
            totals.ended(outcome, nanos, isSlow(outcome, nanos, config));
            if (outcome.isFailure() && culprit != null) {
                lastFailureType = culprit.getClass().getName();
                lastFailureAt = ticker.instant();
            }
            if (!settings.isOff()) {
                enter(state.after(permit, outcome, nanos, endedAt, config), endedAt);
            }
        }
        announcements.deliver();
    }

    private static boolean isSlow(Outcome outcome, long nanos, BreakerConfig config) {
        return outcome == Outcome.TIMEOUT
                || (outcome != Outcome.IGNORED && config.trip().isSlow(nanos));
    }

    /** Ends a permit because the guard's own bulkhead had no place for the call: no outcome, but an attempt that was refused. */
    public void refuse(BreakerPermit permit) {
        if (permit == Exempt.OFF) {
            return;
        }
        long now = ticker.nanos();
        synchronized (lock) {
            look(now);
            totals.givenBack();
            if (!settings.isOff()) {
                enter(state.afterRefusal(permit, now, settings.effective()), now);
            }
        }
        announcements.deliver();
    }

    /** Ends a permit that was not used. */
    public void giveBack(BreakerPermit permit) {
        if (permit == Exempt.OFF) {
            return;
        }
        synchronized (lock) {
            look(ticker.nanos());
            totals.givenBack();
            state.giveBack(permit);
        }
        announcements.deliver();
    }

    /** Returns what a returned value says about the dependency. */
    public Outcome classifyResult(@Nullable Object result) {
        return classification.ofResult(result);
    }

    /** Returns what an exception says about the dependency; those that only carry another one are taken off first. */
    public Outcome classifyThrown(Throwable thrown) {
        return classification.ofThrown(thrown, settings.effective().exceptions());
    }

    /**
     * Has a call that waits with a permit of this breaker woken each time the breaker opens.
     *
     * @param waiter must not block and not throw; removed by {@link #forgetWaiter}
     */
    public void wakeOnOpening(Runnable waiter) {
        announcements.wake(waiter);
    }

    /** Ends what {@link #wakeOnOpening} began. */
    public void forgetWaiter(Runnable waiter) {
        announcements.forget(waiter);
    }

    /**
     * Holds this breaker open or closed, until it is released, reset or the order expires. A second order replaces the first.
     *
     * @throws IllegalStateException if the mode is off, where a force would do nothing
     */
    public void force(Force force) {
        long now = ticker.nanos();
        synchronized (lock) {
            look(now);
            if (settings.isOff()) {
                throw new IllegalStateException(
                        "Breaker '" + name + "' is off and cannot be forced; set its mode to enforce or shadow first");
            }
            enter(state.forced(force, now, settings.effective()), now);
        }
        announcements.deliver();
    }

    /** Ends a force; does nothing where there is none. Returns whether there was one. */
    public boolean release() {
        long now = ticker.nanos();
        boolean released;
        synchronized (lock) {
            look(now);
            State before = state;
            enter(before.released(TransitionReason.RELEASED, now, settings.effective()), now);
            released = state != before;
        }
        announcements.deliver();
        return released;
    }

    /** Closes this breaker with an empty window and no memory of earlier openings. Lifetime totals stay. */
    public void reset() {
        long now = ticker.nanos();
        synchronized (lock) {
            look(now);
            enter(state.reset(now, settings.effective()), now);
        }
        announcements.deliver();
    }

    /**
     * Replaces the configuration, from the next call on. State and counts stay, unless the window is another one; what an operator
     * laid over the configuration stays on top.
     */
    public void configure(BreakerConfig config) {
        change(now -> settings.withConfigured(config));
    }

    /** Lays more over the configuration; what was laid over it before stays where the new one names nothing. */
    public void override(BreakerOverride override) {
        change(now -> settings.withOverride(settings.override().replacedBy(override), now));
    }

    /** Takes away what lies over the configuration. Returns whether there was anything. */
    public boolean clearOverride() {
        return change(now -> settings.withOverride(BreakerOverride.NONE, now));
    }

    private boolean change(LongFunction<Settings> next) {
        long now = ticker.nanos();
        boolean changed;
        synchronized (lock) {
            look(now);
            Settings before = settings;
            apply(next.apply(now), now);
            look(now);
            changed = !before.override().equals(settings.override());
        }
        announcements.deliver();
        return changed;
    }

    /** The only place where time moves the breaker. */
    private void look(long now) {
        Settings due = settings.at(now);
        if (due != settings) {
            apply(due, now);
        }
        enter(state.at(now, settings.effective()), now);
    }

    /** The only place where settings change; nobody can release a force of a breaker that is off, so that is done here. */
    private void apply(Settings next, long now) {
        settings = next;
        if (next.isOff()) {
            enter(state.released(TransitionReason.RELEASED, now, next.effective()), now);
        }
    }

    /** The only place where the state changes. */
    private void enter(State next, long now) {
        State left = state;
        if (next == left) {
            return;
        }
        WindowSnapshot window = left.window(now, settings.effective());
        state = next;
        enteredAt = ticker.instant().minusNanos(Math.max(0, now - next.since()));
        totals.entered(next.kind());
        Transition transition = new Transition(
                name,
                left.kind(),
                next.kind(),
                Objects.requireNonNull(next.reason()),
                next.generation(),
                enteredAt,
                window.failureRate(),
                window.slowCallRate());
        history.add(transition);
        announcements.add(transition);
    }

    /** Returns the state at this moment. */
    public BreakerState state() {
        synchronized (lock) {
            look(ticker.nanos());
        }
        announcements.deliver();
        return state.kind();
    }

    /** Returns a consistent view of everything at this moment. */
    public BreakerSnapshot snapshot() {
        BreakerSnapshot snapshot;
        long now = ticker.nanos();
        synchronized (lock) {
            look(now);
            snapshot = view(now);
        }
        announcements.deliver();
        return snapshot;
    }

    private BreakerSnapshot view(long now) {
        State seen = state;
        Settings set = settings;
        Open open = seen instanceof Open o ? o : null;
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
                concurrent(),
                lastFailureType == null || lastFailureAt == null
                        ? null
                        : new LastFailure(lastFailureType, lastFailureAt),
                forceInEffect(seen),
                history.oldestFirst(),
                set.effective(),
                set.override().keys());
    }

    private @Nullable ForceInEffect forceInEffect(State seen) {
        if (seen instanceof ForcedOpen forced) {
            return forced.hold().shown(enteredAt);
        }
        return seen instanceof ForcedClosed forced ? forced.hold().shown(enteredAt) : null;
    }

    private long concurrent() {
        return Math.max(0, granted.sum() - totals.returned());
    }

    /** Returns the settings in effect. */
    public BreakerConfig config() {
        return settings.at(ticker.nanos()).effective();
    }

    /** Returns this breaker's only source of time. */
    public Ticker ticker() {
        return ticker;
    }

    /** Returns whether rejections around this breaker carry stack traces. */
    public boolean stackTraces() {
        return environment.guard().stackTraces();
    }

    /**
     * Returns when this breaker was last used, by its ticker, or {@link Long#MAX_VALUE} if it is in use, forced, overridden or
     * not closed, so that forgetting it would lose something.
     */
    public long idleSince() {
        synchronized (lock) {
            look(ticker.nanos());
            boolean idle = state instanceof Closed
                    && concurrent() == 0
                    && settings.override().equals(BreakerOverride.NONE);
            return idle ? lastUsed : Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return "CircuitBreaker[" + name + " " + state.kind() + "]";
    }
}
