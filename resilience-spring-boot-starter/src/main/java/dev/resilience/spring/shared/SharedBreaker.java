package dev.resilience.spring.shared;

import dev.resilience.GuardMode;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.ProbeLease;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.spring.shared.StoreAnswer.Status;
import dev.resilience.spring.shared.StoreCommand.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One breaker's part in its fleet: proposes what this node found, follows what the fleet decided. On the member's thread only, but for
 * {@link #view}.
 */
final class SharedBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);

    private static final Duration PROPOSAL_SPREAD = Duration.ofSeconds(1);
    private static final Duration PROPOSAL_EACH = Duration.ofNanos(100_000);
    private static final Duration CLAIM_SPREAD = Duration.ofSeconds(10);
    private static final Duration TICK_SPREAD = Duration.ofSeconds(5);
    private static final Duration EACH = Duration.ofMillis(1);
    /** How soon a node asks again for a probe that others make. */
    private static final Duration CLAIM_PAUSE = Duration.ofMillis(50);
    /** How often a node looks whether anybody wants to call an open dependency again. */
    private static final Duration DEMAND_PAUSE = Duration.ofMillis(250);
    /** What a lease lasts longer than its start and its probe together. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(1);
    /** In how many parts of the time after which the store forgets a state one that lasts is read. */
    private static final int KEPT_PARTS = 24;

    private final Fleet fleet;
    private final CircuitBreaker breaker;
    private final String name;
    private final Quorum quorum;
    private long known;
    private @Nullable FleetState followed;
    private boolean confirmed = true;
    private boolean changedHere;
    private boolean unusable;
    private boolean dropped;
    private @Nullable Command pending;
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    private @Nullable Future<?> next;
    private long refused;
    private volatile SharedView view;

    /** What an operator ordered while the store was away. */
    private record Command(StoreCommand order, long knownThen) {}

    SharedBreaker(Fleet fleet, CircuitBreaker breaker, Quorum quorum) {
        this.fleet = fleet;
        this.breaker = breaker;
        this.name = breaker.name().toString();
        this.quorum = quorum;
        this.view = seen(Scope.LOST, false);
    }

    String name() {
        return name;
    }

    int shard() {
        return BreakerNames.shard(name);
    }

    /** Returns what people are shown; on any thread. */
    SharedView view() {
        return view;
    }

    private void show(Scope scope, boolean voting) {
        view = seen(scope, voting);
    }

    private SharedView seen(Scope scope, boolean voting) {
        return new SharedView(
                "shared-state",
                scope,
                known,
                fleet.live(),
                need(),
                voting,
                breaker.snapshot().leases());
    }

    private int need() {
        return quorum.need(fleet.live(), fleet.settings().quorumMax());
    }

    // What happens here

    /** Hears of a transition of this node's breaker. */
    void moved(Transition transition) {
        if (transition.node() != null || transition.reason() == TransitionReason.STORE_LOST) {
            return;
        }
        changedHere = true;
        if (isShadow()) {
            return;
        }
        switch (transition.reason()) {
            case CONSECUTIVE_FAILURES, FAILURE_RATE, SLOW_CALL_RATE, SATURATION -> proposeSoon(transition.reason());
            case FORCED -> order(force(breaker.snapshot()));
            case RELEASED -> order(new StoreCommand.Release());
            case RESET -> order(new StoreCommand.Reset());
            case EXPIRED, RAMP_ENDED -> nextAfter(fleet.spread(TICK_SPREAD, EACH), this::read);
            case PROBES_PASSED -> unvote();
            case PROBE_DUE, AVERAGE_DURATION, CONCURRENT, RESTORED, STORE_LOST -> {}
        }
    }

    /** Returns whether the breaker only watches: then it follows the fleet and has no say in it. */
    private boolean isShadow() {
        return breaker.config().enforcement().mode() == GuardMode.SHADOW;
    }

    private void proposeSoon(TransitionReason reason) {
        nextAfter(fleet.spread(PROPOSAL_SPREAD, PROPOSAL_EACH), () -> propose(reason));
    }

    /** Counts the live nodes first: one that was alone a moment ago must not decide for those that have come since. */
    private void propose(TransitionReason reason) {
        fleet.countLive(() -> {
            if (isOpenHere()) {
                vote(reason);
            }
        });
    }

    private void vote(TransitionReason reason) {
        act(
                new StoreCommand.Open(
                        reason.name(),
                        need(),
                        fleet.settings().voteTtl(),
                        true,
                        States.interval(breaker.config(), fleet.random())),
                answer -> {
                    if (answer.status() == Status.VOTED) {
                        show(Scope.FLEET, true);
                        nextAfter(fleet.settings().voteTtl().dividedBy(3), () -> propose(reason));
                    } else {
                        follow(answer, List.of());
                    }
                });
    }

    /** Returns whether this node stands open, or probes, for what it found itself. */
    private boolean isOpenHere() {
        BreakerState state = breaker.state();
        return changedHere && (state == BreakerState.OPEN || state == BreakerState.HALF_OPEN);
    }

    private void unvote() {
        cancelNext();
        if (view.voting()) {
            act(new StoreCommand.Unvote(), answer -> follow(answer, List.of()));
        }
    }

    private StoreCommand force(BreakerSnapshot forced) {
        BreakerSnapshot.ForceInEffect force = forced.force();
        if (force == null) {
            return new StoreCommand.Tick();
        }
        Duration lasts = force.until() == null
                ? Duration.ZERO
                : Duration.between(breaker.ticker().instant(), force.until());
        return new StoreCommand.Force(
                force.state(),
                force.by() == null ? "" : force.by(),
                force.reason() == null ? "" : force.reason(),
                lasts.isNegative() ? Duration.ofMillis(1) : lasts,
                States.round(forced.config()));
    }

    private void order(StoreCommand order) {
        cancelNext();
        if (!fleet.hasStore()) {
            pending = new Command(order, known);
        } else {
            send(order, 0);
        }
    }

    /** Has a future completed once no order waits to be sent: with true if the fleet has it, with false if the store is away. */
    void whenSent(CompletableFuture<Boolean> sent) {
        waiting.add(sent);
        if (pending == null || !fleet.hasStore()) {
            tellSent();
        }
    }

    private void tellSent() {
        boolean isWithTheFleet = pending == null && fleet.hasStore() && !unusable;
        waiting.forEach(each -> each.complete(isWithTheFleet));
        waiting.clear();
    }

    private void send(StoreCommand order, long knownThen) {
        // as it was when it was given, should the store go before it answers: it is not to undo a newer order then
        pending = new Command(order, knownThen == 0 ? known : knownThen);
        act(order, knownThen, answer -> {
            pending = null;
            if (answer.status() == Status.STALE) {
                LOG.warn(
                        "An order for breaker '{}' was given while the store was away and is dropped: the fleet has had a newer one",
                        name);
            }
            follow(answer, List.of());
            tellSent();
        });
    }

    // What the fleet decides

    /** Hears of a change elsewhere, which is believed for now. */
    void heard(StateMessage message) {
        if (message.state().epoch() <= known) {
            return;
        }
        take(new StoreAnswer(Status.OK, message.now(), message.state(), List.of()), List.of());
        confirmed = false;
        if (message.state().state().isForced()) {
            fleet.readLogsSoon();
        }
    }

    /** Hears what the log of the shard says. */
    void logged(long epoch) {
        if (epoch > known) {
            read();
        } else if (epoch == known) {
            confirmed = true;
        }
    }

    /** Returns whether a message alone says what this breaker follows. */
    boolean isUnconfirmed() {
        return !confirmed;
    }

    /** Goes back to what the store says, as no log knows of what a message said. */
    void disown() {
        act(new StoreCommand.Tick(), answer -> {
            if (!confirmed) {
                take(answer, List.of());
            }
        });
    }

    /** Reads the state. */
    void read() {
        act(new StoreCommand.Tick(), answer -> follow(answer, List.of()));
    }

    private void follow(StoreAnswer answer, List<ProbeLease> leases) {
        if (answer.status() == Status.STALE) {
            fleet.counts().stale.increment();
        }
        if (answer.epoch() < known) {
            fleet.behind(shard());
        } else if (answer.epoch() > known) {
            take(answer, leases);
        } else {
            breaker.lend(known, leases);
            show(Scope.FLEET, false);
        }
    }

    private void take(StoreAnswer answer, List<ProbeLease> leases) {
        cancelNext();
        known = answer.epoch();
        followed = answer.state();
        confirmed = true;
        changedHere = false;
        breaker.adopt(States.toAdopt(answer.state(), answer.now(), breaker.config(), leases));
        refused = refusals();
        show(Scope.FLEET, false);
        if (followed != null) {
            arrange(followed, answer.now());
        }
    }

    /** Sees to what comes next by time. */
    private void arrange(FleetState state, long now) {
        switch (state.state()) {
            case OPEN -> nextAfter(States.left(state, now, breaker.config()).plus(claimSpread()), this::claimIfWanted);
            case HALF_OPEN -> nextAfter(claimSpread(), this::claimIfWanted);
            case RECOVERING ->
                nextAfter(States.millis(state.rampEndsAt() - now).plus(fleet.spread(TICK_SPREAD, EACH)), this::read);
            case FORCED_OPEN, FORCED_CLOSED -> {
                if (state.forcedUntil() > 0) {
                    nextAfter(
                            States.millis(state.forcedUntil() - now).plus(fleet.spread(TICK_SPREAD, EACH)), this::read);
                } else {
                    keepLater();
                }
            }
            case CLOSED -> {}
        }
    }

    /** Keeps the store from forgetting a force without an end. */
    private void keepLater() {
        nextAfter(fleet.settings().stateTtl().dividedBy(KEPT_PARTS), () -> {
            long round = known;
            act(new StoreCommand.Tick(), answer -> {
                follow(answer, List.of());
                if (known == round) {
                    keepLater();
                }
            });
        });
    }

    private Duration claimSpread() {
        return fleet.spread(CLAIM_SPREAD, EACH);
    }

    // Probes

    private void claimIfWanted() {
        if (isShadow() || refusals() == refused) {
            nextAfter(DEMAND_PAUSE, this::claimIfWanted);
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
        Duration lasts =
                settings.leaseStart().plus(config.halfOpen().probeTimeout()).plus(LEASE_MARGIN);
        long startBy = breaker.ticker().nanos() + settings.leaseStart().toNanos();
        act(
                new StoreCommand.Claim(config.halfOpen().probes(), lasts, States.round(config), settings.takeover()),
                answer -> {
                    refused = refusals();
                    long round = answer.epoch();
                    follow(
                            answer,
                            answer.leases().stream()
                                    .<ProbeLease>map(id -> new Lease(id, round, startBy))
                                    .toList());
                    if (round == known && answer.breakerState() == BreakerState.HALF_OPEN) {
                        nextAfter(
                                answer.leases().isEmpty() ? CLAIM_PAUSE.plus(claimSpread()) : settings.leaseStart(),
                                this::claimIfWanted);
                    }
                });
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
        if (lease.round != known) {
            return;
        }
        act(
                new StoreCommand.Result(lease.id, how, slow, States.interval(breaker.config(), fleet.random())),
                answer -> follow(answer, List.of()));
        if (how != Probe.UNUSED) {
            claim();
        }
    }

    // The store goes and comes

    /** Goes on alone. */
    void leave() {
        cancelNext();
        tellSent();
        show(Scope.LOST, false);
        breaker.leave();
    }

    /** Finds together with the store again, which knows of this breaker, or of which this node knows that it is not simply closed. */
    void rejoin() {
        Command order = pending;
        if (order != null) {
            send(order.order(), order.knownThen());
        } else {
            act(new StoreCommand.Tick(), this::agree);
        }
    }

    /** Is told that the store is there and knows nothing of this breaker, nor does this node. */
    void joined() {
        show(Scope.FLEET, false);
    }

    boolean isPlain() {
        return pending == null && known == 0 && breaker.state() == BreakerState.CLOSED;
    }

    private void agree(StoreAnswer answer) {
        if (answer.epoch() > known) {
            take(answer, List.of());
        } else if (answer.epoch() == known) {
            agreeOnTheSame(answer);
        } else if (followed != null && !changedHere && confirmed && followed.state() != BreakerState.CLOSED) {
            act(new StoreCommand.Restore(followed), restored -> take(restored, List.of()));
        } else {
            known = answer.epoch();
            followed = answer.state();
            show(Scope.FLEET, false);
            proposeAgain();
        }
    }

    private void agreeOnTheSame(StoreAnswer answer) {
        BreakerState there = answer.breakerState();
        boolean isOpenThere = there == BreakerState.OPEN || there == BreakerState.HALF_OPEN;
        if (there == BreakerState.CLOSED && breaker.state() == BreakerState.CLOSED) {
            show(Scope.FLEET, false);
        } else if (isOpenHere() && there == BreakerState.CLOSED) {
            show(Scope.FLEET, false);
            proposeAgain();
        } else if (changedHere && isOpenThere && breaker.state() == BreakerState.CLOSED) {
            act(new StoreCommand.Close(breaker.config().halfOpen().ramp()), closed -> take(closed, List.of()));
        } else {
            take(answer, List.of());
        }
    }

    private void proposeAgain() {
        TransitionReason reason = breaker.snapshot().reason();
        if (isOpenHere() && reason != null) {
            proposeSoon(reason == TransitionReason.PROBE_DUE ? TransitionReason.FAILURE_RATE : reason);
        }
    }

    /** Has nothing to do any more, whatever the store still answers: the instance was dropped. */
    void drop() {
        unvote();
        dropped = true;
    }

    // The way to the store

    private void act(StoreCommand command, Consumer<StoreAnswer> then) {
        act(command, known, then);
    }

    private void act(StoreCommand command, long epoch, Consumer<StoreAnswer> then) {
        fleet.ask(store -> store.act(name, epoch, command), answer -> answered(answer, then));
    }

    private void answered(StoreAnswer answer, Consumer<StoreAnswer> then) {
        if (answer.isUsable()) {
            unusable = false;
            then.accept(answer);
            return;
        }
        fleet.counts().corrupt.increment();
        show(Scope.LOCAL, false);
        if (!unusable) {
            unusable = true;
            LOG.warn(
                    "What the store has of breaker '{}' cannot be used ({}): this node decides for itself. A force or a reset repairs it",
                    name,
                    answer.status());
            breaker.leave();
        }
    }

    private void nextAfter(Duration delay, Runnable task) {
        cancelNext();
        if (!dropped) {
            next = fleet.after(delay, task);
        }
    }

    private void cancelNext() {
        Future<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
            next = null;
        }
    }
}
