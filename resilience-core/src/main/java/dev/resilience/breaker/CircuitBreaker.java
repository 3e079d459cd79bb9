package dev.resilience.breaker;

import dev.resilience.CallTimeoutException;
import dev.resilience.DeadlineExceededException;
import dev.resilience.Guard;
import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerPermit.Exempt;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
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
public final class CircuitBreaker {

    private final Name name;
    private final BreakerEnvironment environment;
    private final Ticker ticker;
    private final Classification classification;
    private final Announcements announcements;
    private final Machine machine;
    private final Guard guard;

    /**
     * Creates a closed breaker that stands alone.
     *
     * @throws dev.resilience.InvalidSettingException if {@code name} is no name
     */
    public CircuitBreaker(String name, BreakerConfig config) {
        this(Name.of(name), config, BreakerEnvironment.DEFAULT);
    }

    /** Creates a closed breaker. */
    public CircuitBreaker(Name name, BreakerConfig config, BreakerEnvironment environment) {
        this(name, config, environment, BreakerOrders.NONE);
    }

    /** Creates a breaker that is closed, unless it was ordered otherwise: its listener hears of that with the first call. */
    @SuppressWarnings("this-escape") // the guard keeps the reference and does nothing with it here
    public CircuitBreaker(Name name, BreakerConfig config, BreakerEnvironment environment, BreakerOrders orders) {
        this.name = name;
        this.environment = environment;
        this.ticker = environment.guard().ticker();
        this.classification = new Classification(name, environment);
        this.announcements = new Announcements(environment.listener());
        this.machine = new Machine(name, config, environment, announcements);
        synchronized (machine) {
            machine.obey(orders, ticker.nanos());
        }
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
     * Makes a call that answers later, if this breaker permits it, and takes in how it ended. Never blocks and never throws; see
     * {@link Guard#callAsync(Callable)}.
     */
    public <T extends @Nullable Object> CompletableFuture<T> callAsync(
            Callable<? extends @Nullable CompletionStage<T>> call) {
        return guard.callAsync(call);
    }

    /**
     * Asks to make one call. Whoever gets a permit ends it exactly once, by {@link #end}, {@link #refuse} or {@link #giveBack}.
     *
     * @throws BreakerOpenException if the call is not permitted
     */
    public BreakerPermit acquire() {
        BreakerPermit open = machine.openDoor();
        if (open != null) {
            return open;
        }
        Refusal refusal = machine.tryRefuse();
        if (refusal != null) {
            throw new BreakerOpenException(name, refusal, stackTraces());
        }
        return ask(false);
    }

    /**
     * Asks to make one call whose caller's deadline is over: it is refused, unless the mode lets it through.
     *
     * @throws DeadlineExceededException if the call is not permitted
     */
    public BreakerPermit acquireTooLate() {
        return ask(true);
    }

    private BreakerPermit ask(boolean late) {
        Machine.Answer answer;
        synchronized (machine) {
            answer = machine.ask(ticker.nanos(), late);
        }
        announcements.deliver();
        if (answer.refusal() instanceof Refusal.TooLate) {
            throw new DeadlineExceededException(name, DeadlineExceededException.Stage.BEFORE, stackTraces());
        }
        if (answer.refusal() != null) {
            throw new BreakerOpenException(name, answer.refusal(), stackTraces());
        }
        return Objects.requireNonNull(answer.permit());
    }

    private boolean stackTraces() {
        return environment().stackTraces();
    }

    /** Returns the longest time that a call may take, in nanoseconds; {@link Long#MAX_VALUE} if there is none, or the mode is off. */
    public long timeoutNanos() {
        return machine.settings().timeoutNanos();
    }

    /**
     * Returns whether a limit that a call has reached holds for it, which mode and rollout may exempt it from: drawn anew each time.
     */
    public boolean enforces(BreakerPermit permit) {
        return machine.enforces(permit);
    }

    /** Returns whether a permit is one of a breaker that is off. */
    public boolean isOff(BreakerPermit permit) {
        return permit == Exempt.OFF;
    }

    /**
     * Returns whether the state that granted a permit still holds, so that its outcome would count. A call that waited elsewhere
     * since gives back a permit that is not current and asks for another.
     */
    public boolean isCurrent(BreakerPermit permit) {
        boolean current;
        synchronized (machine) {
            current = machine.isCurrent(permit, ticker.nanos());
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
     * @param culprit the exception or value behind a failure, for display and for when the dependency wants to be called again; or
     *     null
     */
    public void end(BreakerPermit permit, Outcome outcome, long startedAt, long endedAt, @Nullable Object culprit) {
        if (outcome == Outcome.SUCCESS && machine.tryCount(permit, Math.max(0, endedAt - startedAt), endedAt)) {
            return;
        }
        long quiet = 0;
        try {
            quiet = RetryAfterAdvice.nanos(environment.retryAfter(), name, outcome, culprit);
        } finally {
            ended(permit, outcome, startedAt, endedAt, culprit == null ? null : culprit.getClass(), quiet);
            announcements.deliver();
        }
    }

    /**
     * Ends the permit of a call that has reached a limit of time, with {@link Outcome#TIMEOUT} or {@link Outcome#CANCELLED}. Listeners
     * hear of it on another thread, since this one may be the timer of all guards.
     */
    public void expire(BreakerPermit permit, Outcome outcome, long startedAt, long endedAt) {
        ended(permit, outcome, startedAt, endedAt, CallTimeoutException.class, 0);
        announcements.deliverBy(environment().scheduler());
    }

    private void ended(
            BreakerPermit permit,
            Outcome outcome,
            long startedAt,
            long endedAt,
            @Nullable Class<?> culprit,
            long quiet) {
        if (permit == Exempt.OFF) {
            return;
        }
        synchronized (machine) {
            if (quiet > 0) {
                machine.askedForQuiet(permit, quiet, endedAt);
            }
            if (outcome.isFailure() && culprit != null) {
                machine.failed(culprit);
            }
            long nanos = Math.max(0, endedAt - startedAt);
            // whoever had the lock may have opened what this success found closed, and that is not to be closed again
            if (outcome != Outcome.SUCCESS || !machine.tryCount(permit, nanos, endedAt)) {
                machine.ended(permit, outcome, nanos, endedAt);
            }
        }
    }

    /** Ends a permit because the guard's own bulkhead had no place for the call: no outcome, but an attempt that was refused. */
    public void refuse(BreakerPermit permit) {
        if (permit == Exempt.OFF) {
            return;
        }
        synchronized (machine) {
            machine.refusedByBulkhead(permit, ticker.nanos());
        }
        announcements.deliver();
    }

    /** Ends a permit that was not used. */
    public void giveBack(BreakerPermit permit) {
        if (permit == Exempt.OFF) {
            return;
        }
        synchronized (machine) {
            machine.givenBack(permit, ticker.nanos());
        }
        announcements.deliver();
    }

    /** Returns what a returned value says about the dependency. */
    public Outcome classifyResult(@Nullable Object result) {
        return classification.ofResult(result);
    }

    /** Returns what an exception says about the dependency; those that only carry another one are taken off first. */
    public Outcome classifyThrown(Throwable thrown) {
        return classification.ofThrown(thrown, machine.settings().effective().exceptions());
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
        try {
            synchronized (machine) {
                machine.force(force, ticker.nanos());
            }
        } finally {
            announcements.deliver();
        }
    }

    /**
     * Checks that this breaker can be forced.
     *
     * @throws IllegalStateException if the mode is off
     */
    public void requireOn() {
        // tells nobody of what the look found: a registry asks under its lock, and the next operation tells
        synchronized (machine) {
            machine.requireOn(ticker.nanos());
        }
    }

    /** Ends a force; does nothing where there is none. Returns whether there was one. */
    public boolean release() {
        return release(Attribution.NONE);
    }

    /** Ends a force, as {@link #release()} does, and keeps who did and why for those who look at the transition. */
    public boolean release(Attribution by) {
        boolean released;
        synchronized (machine) {
            released = machine.release(by, ticker.nanos());
        }
        announcements.deliver();
        return released;
    }

    /** Closes this breaker with an empty window and no memory of earlier openings. Lifetime totals stay. */
    public void reset() {
        reset(Attribution.NONE);
    }

    /** Closes this breaker, as {@link #reset()} does, and keeps who did and why for those who look at the transition. */
    public void reset(Attribution by) {
        synchronized (machine) {
            machine.reset(by, ticker.nanos());
        }
        announcements.deliver();
    }

    /**
     * Takes over a state that breakers of other processes agreed on: a new state, whose calls are measured anew. While it is open or
     * half-open it is others who decide what comes next, until {@link #leave}; every other state goes on like one of its own.
     *
     * <p>Which of two agreements is the later one is for the caller to know: where a store has lost its data, epochs begin anew.
     *
     * @return false if the mode is off, where nothing is changed
     */
    public boolean adopt(SharedState shared) {
        boolean adopted;
        synchronized (machine) {
            adopted = machine.adopt(shared, ticker.nanos());
        }
        announcements.deliver();
        return adopted;
    }

    /**
     * Takes more probes that other processes left to this one.
     *
     * @return false if the round that they belong to is over, where nothing is changed
     */
    public boolean lend(long epoch, List<ProbeLease> leases) {
        boolean lent;
        synchronized (machine) {
            lent = machine.lend(epoch, leases, ticker.nanos());
        }
        announcements.deliver();
        return lent;
    }

    /**
     * Goes on alone, as those cannot be reached who decided so far: an open state is left when its own probes pass, a half-open one
     * is opened for a part of {@code open.duration} that is drawn, so that not all that were left alone probe at once.
     */
    public void leave() {
        synchronized (machine) {
            machine.leave(ticker.nanos());
        }
        announcements.deliver();
    }

    /** Returns what this breaker counted for others. Nothing is counted for them before the first time. */
    public Tally tally() {
        Tally tally;
        synchronized (machine) {
            tally = machine.tally(ticker.nanos());
        }
        announcements.deliver();
        return tally;
    }

    /**
     * Replaces the configuration, from the next call on. State and counts stay, unless the window is another one; what an operator
     * laid over the configuration stays on top.
     */
    public void configure(BreakerConfig config) {
        change(seen -> seen.withConfigured(config));
    }

    /** Lays more over the configuration; what was laid over it before stays where the new one names nothing. */
    public void override(BreakerOverride override) {
        change(seen -> seen.withOverride(seen.override().replacedBy(override), ticker.nanos()));
    }

    /** Takes away what lies over the configuration. Returns whether there was anything. */
    public boolean clearOverride() {
        return !change(Settings::withoutOverride).override().equals(BreakerOverride.NONE);
    }

    private Settings change(UnaryOperator<Settings> change) {
        Settings before;
        synchronized (machine) {
            before = machine.change(change, ticker.nanos());
        }
        announcements.deliver();
        return before;
    }

    /** Returns the state at this moment. */
    public BreakerState state() {
        BreakerState kind;
        synchronized (machine) {
            machine.look(ticker.nanos());
            kind = machine.kind();
        }
        announcements.deliver();
        return kind;
    }

    /** Returns a consistent view of everything at this moment. */
    public BreakerSnapshot snapshot() {
        BreakerSnapshot snapshot;
        synchronized (machine) {
            snapshot = machine.snapshot(ticker.nanos());
        }
        announcements.deliver();
        return snapshot;
    }

    /** Returns the settings in effect. */
    public BreakerConfig config() {
        Settings seen = machine.settings();
        return seen.isOverrideOver(ticker.nanos()) ? seen.configured() : seen.effective();
    }

    /** Returns this breaker's only source of time. */
    public Ticker ticker() {
        return ticker;
    }

    /** Returns what this breaker has of its surroundings. */
    public GuardEnvironment environment() {
        return environment.guard();
    }

    /**
     * Returns when this breaker was last used, by its ticker and to a millisecond, or {@link Long#MAX_VALUE} if it is in use, overridden or not closed, so
     * that forgetting it would lose something.
     */
    public long idleSince() {
        long since;
        synchronized (machine) {
            since = machine.idleSince(ticker.nanos());
        }
        announcements.deliver();
        return since;
    }

    @Override
    public String toString() {
        return "CircuitBreaker[" + name + " " + machine.kind() + "]";
    }
}
