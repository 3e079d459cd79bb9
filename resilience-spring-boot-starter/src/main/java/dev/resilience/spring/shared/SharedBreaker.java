package dev.resilience.spring.shared;

import dev.resilience.GuardMode;
import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.ProbeLease;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.spring.shared.StoreCommand.Word;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One breaker's part in its fleet: proposes what this node found, follows what the fleet decided. On the member's thread only, but for
 * {@link #view}.
 */
final class SharedBreaker implements Followed, Agreement.Follower, Orders.Ordered {

    private static final long NEVER = -1;

    private final Fleet fleet;
    private final CircuitBreaker breaker;
    private final String name;
    private final Sharing how;
    private final StoreLine line;
    private final Alarm alarm;
    private final Orders orders;
    private final OrdersToAll ordersToAll;
    private final FleetProbes probes;
    private final Proposals proposals;
    private final Agreement agreement;
    private boolean changedHere;
    private long takenGeneration;
    private long takenAt;
    private boolean keepsNextForce;
    private boolean keptHere;
    /** Whether the breaker does not follow what the fleet has: it is off, or only watches and was forced here. */
    private boolean leftOut;

    private volatile long switchedOffIn = NEVER;
    private volatile @Nullable StoreCommand forced;
    private volatile SharedView view;

    SharedBreaker(Fleet fleet, CircuitBreaker breaker, Sharing how) {
        this.fleet = fleet;
        this.breaker = breaker;
        this.name = breaker.name().toString();
        this.how = how;
        this.line = new StoreLine(fleet, name, this::decideHere);
        this.alarm = new Alarm(fleet);
        this.agreement = new Agreement(fleet, line, shard(), this);
        this.orders = new Orders(fleet, line, this);
        this.ordersToAll = new OrdersToAll(fleet, this, breaker, orders);
        this.probes = new FleetProbes(fleet, line, this, breaker, alarm);
        this.proposals = how.mode() == SharedMode.SHARED_WINDOW
                ? new WindowShare(fleet, line, this, breaker, how)
                : new Votes(fleet, line, this, breaker, alarm);
        this.view = seen(Scope.LOST);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Name breakerName() {
        return breaker.name();
    }

    @Override
    public Ticker ticker() {
        return breaker.ticker();
    }

    /** Returns an order to more than this breaker, as one that the fleet does not have yet. */
    Orders.Held part(StoreCommand order) {
        return orders.part(order);
    }

    @Override
    public Agreement agreement() {
        return agreement;
    }

    /** Returns the epoch of the agreement that this breaker stands on. */
    long known() {
        return agreement.known();
    }

    /** Returns the state that the fleet agreed on. */
    BreakerState fleetState() {
        return agreement.breakerState();
    }

    /** Returns this node's part in the fleet's sums, if there are any. */
    Optional<WindowShare> windowShare() {
        return proposals instanceof WindowShare share ? Optional.of(share) : Optional.empty();
    }

    /** Returns what people are shown; on any thread. */
    SharedView view() {
        SharedView seen = view;
        return isOff() ? seen.in(Scope.LOCAL) : seen;
    }

    void show(Scope scope) {
        view = seen(scope);
    }

    private SharedView seen(Scope scope) {
        return new SharedView(
                how,
                keptHere || leftOut ? Scope.LOCAL : scope,
                known(),
                fleet.live(),
                need(),
                proposals.votes(),
                breaker.snapshot().leases());
    }

    /** Returns how many nodes it takes to open the fleet. */
    int need() {
        return how.quorum().need(fleet.live(), fleet.settings().quorumMax());
    }

    // What happens here

    /** Notes what was ordered before this node takes over a state in its place; on the thread of whoever moved the breaker. */
    void moving(Transition transition) {
        if (transition.reason() == TransitionReason.FORCED && transition.node() == null) {
            forced = force();
        }
        if (transition.reason() == TransitionReason.RELEASED && isOff()) {
            switchedOffIn = transition.generation();
        }
    }

    /** Hears of a transition of this node's breaker. */
    void moved(Transition transition) {
        boolean isOfOthers = transition.node() != null || transition.reason() == TransitionReason.STORE_LOST;
        if (isOfOthers || isOvertaken(transition) || ordersToAll.isBirth(transition)) {
            return;
        }
        if (transition.generation() == switchedOffIn) {
            // the mode is this node's alone: the force that it ended here goes on elsewhere
            leaveOut();
            return;
        }
        changedHere = true;
        if (keptHere || keepsNextForce) {
            movedAlone(transition);
        } else {
            tell(transition);
        }
    }

    /** Returns whether this node has taken over a state since, before it saw to this change. An operator's word is never too late. */
    private boolean isOvertaken(Transition transition) {
        return transition.generation() < takenGeneration
                && switch (transition.reason()) {
                    case FORCED, RELEASED, RESET -> false;
                    default -> true;
                };
    }

    private void tell(Transition transition) {
        if (isShadow()) {
            movedWithoutASay(transition);
            return;
        }
        switch (transition.reason()) {
            case CONSECUTIVE_FAILURES, FAILURE_RATE, SLOW_CALL_RATE, SATURATION -> proposals.found(transition.reason());
            case FORCED -> order(transition, forced == null ? force() : forced);
            case RELEASED -> order(transition, new StoreCommand.Release(new Word(transition.attribution())));
            case RESET -> order(transition, new StoreCommand.Reset(new Word(transition.attribution())));
            case EXPIRED -> {
                orders.forceIsOver();
                readAfter(Duration.ZERO);
            }
            case RAMP_ENDED -> readAfter(Duration.ZERO);
            case PROBES_PASSED -> proposals.withdraw();
            case PROBE_DUE, AVERAGE_DURATION, CONCURRENT, RESTORED, FORGOTTEN, STORE_LOST -> {}
        }
    }

    /** An order to a breaker that only watches is this node's alone; when it ends, the breaker follows again. */
    private void movedWithoutASay(Transition transition) {
        switch (transition.reason()) {
            case FORCED -> leaveOut();
            case RELEASED, EXPIRED, RESET -> followAgain();
            default -> {}
        }
    }

    @Override
    public boolean tellsOfDropped() {
        return true;
    }

    @Override
    public StoreCommand force() {
        return Orders.force(breaker);
    }

    /** Keeps the next force to this node, until it ends. */
    void keepHere() {
        keepsNextForce = true;
    }

    /** Returns this breaker's part in orders that are given to all of its name. */
    OrdersToAll ordersToAll() {
        return ordersToAll;
    }

    /** Returns whether a force holds this breaker that is not meant for this node alone. */
    boolean isForcedForAll() {
        return breaker.state().isForced() && !keptHere;
    }

    boolean isOf(Name other) {
        Name own = breaker.name();
        return other.key() == null ? own.canonical().equals(other.canonical()) : own.equals(other);
    }

    private void movedAlone(Transition transition) {
        switch (transition.reason()) {
            case FORCED -> {
                keptHere = keepsNextForce;
                keepsNextForce = false;
                alarm.clear();
                if (keptHere) {
                    proposals.withdraw();
                    show(Scope.LOCAL);
                    lookAtItsEnd();
                } else {
                    tell(transition);
                }
            }
            case RELEASED, EXPIRED -> followAgain();
            case RESET -> {
                keptHere = false;
                tell(transition);
            }
            default -> tell(transition);
        }
    }

    /** Sees to it that a force of this node ends on time, though no call asks. */
    private void lookAtItsEnd() {
        BreakerSnapshot.ForceInEffect force = breaker.snapshot().force();
        if (force != null && force.until() != null) {
            alarm.set(Duration.between(breaker.ticker().instant(), force.until()), breaker::state);
        }
    }

    private void followAgain() {
        keptHere = false;
        if (fleet.hasStore()) {
            agreement.ask(new StoreCommand.Tick(), this::take);
        } else {
            show(Scope.LOST);
        }
    }

    /** Returns whether the breaker only watches: then it follows the fleet and has no say in it. */
    boolean isShadow() {
        return breaker.config().enforcement().mode() == GuardMode.SHADOW;
    }

    /** Returns whether this node stands open, or probes, for what it found itself. */
    boolean isOpenHere() {
        BreakerState state = breaker.state();
        return changedHere && (state == BreakerState.OPEN || state == BreakerState.HALF_OPEN);
    }

    private void order(Transition ordered, StoreCommand order) {
        alarm.clear();
        if (!ordersToAll.holdsPart(ordered, order)) {
            orders.give(order);
        }
    }

    /**
     * Has a future completed once no order waits to be sent: with true if the fleet has it, with false if the store is away, or this
     * breaker has no say.
     */
    void whenSent(CompletableFuture<Boolean> sent) {
        if (hasASay()) {
            orders.whenSent(sent);
        } else {
            sent.complete(false);
        }
    }

    // What the fleet decides

    /** Reads the state. */
    void read() {
        agreement.read();
    }

    @Override
    public void follow(StoreAnswer answer, long asked) {
        if (!agreement.isOld(answer, asked)) {
            follow(answer);
        }
    }

    void follow(StoreAnswer answer) {
        follow(answer, List.of());
    }

    /** Follows what the store answered, unless it knows less than this node. */
    void follow(StoreAnswer answer, List<ProbeLease> leases) {
        agreement.follow(answer, leases);
    }

    @Override
    public void hearAgain(StoreAnswer answer, List<ProbeLease> leases) {
        breaker.lend(known(), leases);
        show(Scope.FLEET);
        arrangeAgain(answer);
    }

    /** What came too early for the store's clock, and changed nothing, is to come again. */
    private void arrangeAgain(StoreAnswer answer) {
        FleetState state = answer.state();
        if (state == null || keptHere || alarm.isSet()) {
            return;
        }
        if (States.isOpenTooLong(state, answer.now(), breaker.ticker().nanos() - takenAt, breaker.config())) {
            decideHere();
        } else {
            arrange(state, answer.now());
        }
    }

    private void take(StoreAnswer answer) {
        take(answer, List.of());
    }

    @Override
    public void take(StoreAnswer answer, List<ProbeLease> leases) {
        agreement.note(answer);
        if (keptHere) {
            show(Scope.LOCAL);
            return;
        }
        alarm.clear();
        changedHere = false;
        if (!breaker.adopt(States.toAdopt(answer.state(), answer.now(), breaker.config(), leases))) {
            leaveOut();
            return;
        }
        leftOut = false;
        takenGeneration = generationTaken();
        takenAt = breaker.ticker().nanos();
        proposals.decided();
        probes.begin();
        show(Scope.FLEET);
        if (answer.state() != null) {
            arrange(answer.state(), answer.now());
        }
        ordersToAll.look();
    }

    boolean isOff() {
        return breaker.config().enforcement().isOff();
    }

    /** Returns whether orders to the breaker are the fleet's. */
    boolean hasASay() {
        return breaker.config().enforcement().mode() == GuardMode.ENFORCE;
    }

    private void leaveOut() {
        leftOut = true;
        show(Scope.LOCAL);
    }

    @Override
    public void followIfOnAgain() {
        if (leftOut && hasASay()) {
            agreement.ask(new StoreCommand.Tick(), this::take);
        }
    }

    private long generationTaken() {
        return breaker.snapshot().transitions().stream()
                .filter(each -> each.node() != null)
                .mapToLong(Transition::generation)
                .max()
                .orElse(takenGeneration);
    }

    /** Sees to what comes next by time. */
    private void arrange(FleetState state, long now) {
        switch (state.state()) {
            case OPEN -> probes.claimAfter(States.left(state, now, breaker.config()));
            case HALF_OPEN -> probes.claimAfter(Duration.ZERO);
            case RECOVERING -> readAfter(States.millis(state.rampEndsAt() - now));
            case FORCED_OPEN, FORCED_CLOSED -> alarm.set(agreement.lookAtForceAfter(state, now), this::read);
            case CLOSED -> {
                if (ordersToAll.isExempt()) {
                    alarm.set(agreement.keepAfter(), this::read);
                }
            }
        }
    }

    /** Looks once time alone has changed the state, each node at a moment of its own. */
    private void readAfter(Duration delay) {
        alarm.set(agreement.lookAfter(delay), this::read);
    }

    // The store goes and comes

    @Override
    public void leave() {
        alarm.clear();
        ordersToAll.alone();
        orders.tellSent();
        proposals.alone();
        show(Scope.LOST);
        breaker.leave();
    }

    @Override
    public void rejoin() {
        agreement.joined();
        if (!orders.sendHeld()) {
            agreement.ask(new StoreCommand.Tick(), this::agree);
        }
    }

    @Override
    public void joined() {
        agreement.joined();
        show(Scope.FLEET);
    }

    @Override
    public boolean isPlain() {
        return !orders.isOneHeld() && known() == 0 && breaker.state() == BreakerState.CLOSED;
    }

    private void agree(StoreAnswer answer) {
        if (answer.epoch() > known()) {
            take(answer);
        } else if (answer.epoch() == known()) {
            agreeOnTheSame(answer);
        } else if (!changedHere && agreement.isRestorable()) {
            agreement.ask(agreement.restore(), this::take);
        } else if (!agreement.isConfirmed() && !changedHere) {
            take(answer);
        } else {
            agreement.note(answer);
            show(Scope.FLEET);
            proposeAgain();
        }
    }

    private void agreeOnTheSame(StoreAnswer answer) {
        BreakerState there = answer.breakerState();
        boolean isOpenThere = there == BreakerState.OPEN || there == BreakerState.HALF_OPEN;
        BreakerState here = breaker.state();
        boolean isWell = here == BreakerState.CLOSED || (here == BreakerState.RECOVERING && changedHere);
        if ((there == BreakerState.CLOSED && isWell) || ordersToAll.isHeldSinceBirth()) {
            show(Scope.FLEET);
        } else if (isOpenHere() && there == BreakerState.CLOSED) {
            show(Scope.FLEET);
            proposeAgain();
        } else if (changedHere && isOpenThere && breaker.state() == BreakerState.CLOSED) {
            agreement.ask(new StoreCommand.Close(States.round(breaker.config()).ramp()), this::take);
        } else {
            take(answer);
        }
    }

    private void proposeAgain() {
        TransitionReason reason = breaker.snapshot().reason();
        if (isOpenHere() && reason != null) {
            proposals.found(reason == TransitionReason.PROBE_DUE ? TransitionReason.FAILURE_RATE : reason);
        }
    }

    /** Has nothing to do any more, whatever the store still answers: the instance was dropped. */
    void drop() {
        proposals.withdraw();
        alarm.end();
        ordersToAll.end();
    }

    /** Goes on alone, though the store is there: what it has of this breaker is not what an honest fleet would leave there. */
    void decideHere() {
        show(Scope.LOCAL);
        breaker.leave();
    }
}
