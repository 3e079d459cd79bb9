package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.Enforcement;
import dev.resilience.Guard;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import dev.resilience.Ticker;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many calls run at once, and how many callers wait for how long, so that one slow dependency cannot take every thread.
 *
 * <p>First come, first served: nobody overtakes a caller that waits, except callers under the share of their {@link Criticality}
 * those that are not. What is unused of a share is lent, and taken back as calls finish. Limits and shares change under load in both
 * directions. Safe for use by many threads; a waiting virtual thread gives up its carrier. The pattern is Michael Nygard's (<cite>Release It!</cite>, 2007).
 */
public final class SemaphoreBulkhead {

    /** How exactly the last use is known, in nanoseconds: about a millisecond, so that few calls write what all of them share. */
    private static final long GRAIN = 1L << 20;

    private final Name name;
    private final GuardEnvironment environment;
    private final Ticker ticker;
    private final Guard guard;
    private final CallerClasses classes;
    private final Places places;
    private final WaitingRoom room;
    private final @Nullable OwnThreads threads;
    private final AtomicLong lastUsed;
    private final ReentrantLock changes = new ReentrantLock();
    private volatile BulkheadSettings settings;

    /**
     * Creates a bulkhead that stands alone.
     *
     * @throws dev.resilience.InvalidSettingException if {@code name} is no name
     */
    public SemaphoreBulkhead(String name, BulkheadConfig config) {
        this(Name.of(name), config, GuardEnvironment.DEFAULT);
    }

    /** Creates a bulkhead that is the only one of its name. */
    public SemaphoreBulkhead(Name name, BulkheadConfig config, GuardEnvironment environment) {
        this(name, config, environment, new UnsharedCriticalities());
    }

    /**
     * Creates a bulkhead.
     *
     * @param unshared what all bulkheads of the name have in common
     */
    @SuppressWarnings("this-escape") // the guard keeps the reference and does nothing with it here
    public SemaphoreBulkhead(
            Name name, BulkheadConfig config, GuardEnvironment environment, UnsharedCriticalities unshared) {
        this.name = name;
        this.environment = environment;
        this.ticker = environment.ticker();
        this.settings = BulkheadSettings.of(config);
        this.classes = new CallerClasses(name, unshared, ticker);
        this.places = new Places(classes, new Looks(environment.scheduler(), ticker, this::look));
        this.room = new WaitingRoom(name, environment, places);
        this.lastUsed = new AtomicLong(ticker.nanos());
        this.threads = config.executor() == BulkheadExecutor.CALLER ? null : new OwnThreads(name, config.executor());
        this.guard = Guard.of(this);
        places.resize(config.maxConcurrent(), config.shares());
    }

    /** Returns the name and key of this bulkhead. */
    public Name name() {
        return name;
    }

    /**
     * Makes a call with a place of this bulkhead, waiting for one if need be and allowed.
     *
     * @throws BulkheadFullException if there was no place
     * @throws CancellationException if the thread was interrupted while it waited; the interrupt flag is set again
     * @throws Exception what the call throws
     */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return guard.call(call);
    }

    /**
     * Makes a call that answers later with a place of this bulkhead, queued for one without a thread if need be and allowed. Never
     * blocks and never throws; see {@link Guard#callAsync(Callable)}.
     */
    public <T extends @Nullable Object> CompletableFuture<T> callAsync(
            Callable<? extends @Nullable CompletionStage<T>> call) {
        return guard.callAsync(call);
    }

    /** Does what {@link #tryAcquire(Criticality)} does for a caller without a criticality. */
    public @Nullable BulkheadPermit tryAcquire() {
        return tryAcquire(null);
    }

    /**
     * Takes a place if one is free that the caller may have, else returns null. Whoever gets one gives it back exactly once.
     *
     * @param criticality whose share the caller has; null: nobody's
     */
    public @Nullable BulkheadPermit tryAcquire(@Nullable Criticality criticality) {
        if (settings.effective().enforcement().isOff()) {
            return BulkheadPermit.OFF;
        }
        return places.tryTake(classes.of(criticality));
    }

    /** Does what {@link #acquire(Criticality, WaitingCall)} does for a caller without a criticality. */
    public BulkheadPermit acquire(WaitingCall call) {
        return acquire(null, call);
    }

    /**
     * Takes a place, waiting for it if need be and allowed. Whoever gets one gives it back exactly once.
     *
     * @param criticality whose share the caller has; null: nobody's
     * @param call what to tell while the caller waits
     * @throws BulkheadFullException if there was no place
     * @throws CallRejectedException what {@link WaitingCall#check} throws
     * @throws CancellationException if the thread was interrupted while it waited; the interrupt flag is set again
     */
    public BulkheadPermit acquire(@Nullable Criticality criticality, WaitingCall call) {
        BulkheadPermit free = tryAcquire(criticality);
        if (free != null) {
            return free;
        }
        BulkheadConfig config = settings.effective();
        CallerClass callers = classes.of(criticality);
        BulkheadPermit granted =
                config.enforcement().enforces(environment.random()) ? room.await(callers, call, config) : null;
        return granted == null ? callers.exempted() : granted;
    }

    /**
     * Queues a call that waits without a thread, for as long as it may.
     *
     * @param criticality whose share the caller has; null: nobody's
     * @param deadline the moment until which it waits at most, besides the bulkhead's own limit; null if it has none
     * @param onTurn called when the turn may have come, maybe before this returns; must not block and not throw
     * @throws BulkheadFullException if the call cannot wait
     */
    public PendingPlace queue(@Nullable Criticality criticality, @Nullable Deadline deadline, Runnable onTurn) {
        BulkheadConfig config = settings.effective();
        CallerClass callers = classes.of(criticality);
        if (config.enforcement().enforces(environment.random())) {
            return room.queue(callers, config, deadline, onTurn);
        }
        PendingPlace turn = room.turn(callers, config, deadline, onTurn);
        turn.exempt();
        return turn;
    }

    /**
     * Asks for a place for a call whose caller's deadline is over: it is refused, unless the mode lets it through.
     *
     * @param criticality whose share the caller has; null: nobody's
     * @throws DeadlineExceededException if the call is not permitted
     */
    public BulkheadPermit acquireTooLate(@Nullable Criticality criticality) {
        Enforcement enforcement = settings.effective().enforcement();
        if (enforcement.isOff()) {
            return BulkheadPermit.OFF;
        }
        CallerClass callers = classes.of(criticality);
        if (!enforcement.enforces(environment.random())) {
            return callers.exempted();
        }
        callers.counts().rejected(RejectionReason.DEADLINE);
        throw new DeadlineExceededException(name, DeadlineExceededException.Stage.BEFORE, environment.stackTraces());
    }

    /** Returns whether a limit that a call has reached holds for it, which mode and rollout may exempt it from: drawn anew each time. */
    public boolean enforces() {
        return settings.effective().enforcement().enforces(environment.random());
    }

    /** Returns whether a place is one of a bulkhead that is off. */
    public boolean isOff(BulkheadPermit place) {
        return place == BulkheadPermit.OFF;
    }

    /**
     * Gives back the place of a call that was made.
     *
     * @param startedAt when the call began, by this bulkhead's ticker
     * @param endedAt when it ended
     */
    public void release(BulkheadPermit permit, long startedAt, long endedAt) {
        CallerClass callers = permit.callers();
        if (callers != null) {
            callers.counts().returned(endedAt - startedAt);
            if (endedAt - lastUsed.getOpaque() >= GRAIN) {
                lastUsed.setOpaque(endedAt);
            }
            giveBack(permit);
        }
    }

    /** Gives back a place that was not used. */
    public void giveBack(BulkheadPermit permit) {
        CallerClass callers = permit.callers();
        if (callers == null) {
            return;
        }
        if (permit == callers.place()) {
            places.giveBack(callers);
        } else {
            callers.counts().exemptionGivenBack();
        }
    }

    private void look() {
        places.look();
    }

    /**
     * Replaces the configuration, from the next call on; what an operator laid over it stays on top.
     *
     * @throws dev.resilience.InvalidSettingException if what lies over it does not fit the new one; nothing is changed then
     */
    public void configure(BulkheadConfig config) {
        change(seen -> seen.withConfigured(config));
    }

    /**
     * Lays more over the configuration; what was laid over it before stays where the new one names nothing.
     *
     * @throws dev.resilience.InvalidSettingException if the result is not valid; nothing is changed then
     */
    public void override(BulkheadOverride override) {
        change(seen -> seen.withOverride(seen.override().replacedBy(override)));
    }

    /** Takes away what lies over the configuration. Returns whether there was anything. */
    public boolean clearOverride() {
        return change(seen -> seen.withOverride(BulkheadOverride.NONE));
    }

    private boolean change(UnaryOperator<BulkheadSettings> next) {
        changes.lock();
        try {
            BulkheadSettings before = settings;
            BulkheadSettings after = next.apply(before);
            settings = after;
            places.resize(after.effective().maxConcurrent(), after.effective().shares());
            if (after.effective().enforcement().mode() != GuardMode.ENFORCE) {
                places.dissolve().forEach(Places.Turn::exempt);
            }
            return !before.override().equals(after.override());
        } finally {
            changes.unlock();
        }
    }

    /** Returns the settings in effect. */
    public BulkheadConfig config() {
        return settings.effective();
    }

    /** Returns what an operator laid over the configuration. */
    public BulkheadOverride overridden() {
        return settings.override();
    }

    /** Returns everything at this moment. */
    public BulkheadSnapshot snapshot() {
        BulkheadSettings set = settings;
        CallerClasses.Standing now = places.standing();
        ShareSnapshot sum = now.sum();
        return new BulkheadSnapshot(
                name,
                sum.concurrent(),
                sum.queueDepth(),
                sum.totals(),
                set.effective(),
                set.override().keys(),
                now.unreserved(),
                now.shares());
    }

    /** Returns the threads that make this bulkhead's asynchronous calls; null if those that ask for them do. */
    public @Nullable OwnThreads ownThreads() {
        return threads;
    }

    /**
     * Takes no more calls on threads of its own: those that wait, and those to come, are refused with {@link BulkheadClosedException}.
     * Calls under way go on, until {@link OwnThreads#interrupt}; {@link OwnThreads#open} takes calls again. Does nothing where the bulkhead has no threads of its own.
     */
    public void close() {
        OwnThreads own = threads;
        if (own != null) {
            own.close();
            places.dissolve().forEach(turn -> turn.refuse(new BulkheadClosedException(name)));
        }
    }

    /** Returns what this bulkhead has of its surroundings. */
    public GuardEnvironment environment() {
        return environment;
    }

    /** Returns this bulkhead's only source of time. */
    public Ticker ticker() {
        return ticker;
    }

    /**
     * Returns when this bulkhead was last used, by its ticker and to a millisecond, or {@link Long#MAX_VALUE} if it is in use or overridden, so that
     * forgetting it would lose something.
     */
    public long idleSince() {
        Places.Occupancy now = places.occupancy();
        boolean idle = now.running() == 0
                && now.queued() == 0
                && classes.exempt() == 0
                && settings.override().equals(BulkheadOverride.NONE);
        return idle ? lastUsed.getOpaque() : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "SemaphoreBulkhead[" + name + " " + places.occupancy() + "]";
    }
}
