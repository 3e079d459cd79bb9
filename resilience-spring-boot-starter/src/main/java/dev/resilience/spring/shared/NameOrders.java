package dev.resilience.spring.shared;

import dev.resilience.GuardMode;
import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.ProbeLease;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.spring.shared.StoreCommand.Word;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What operators ordered of all breakers of a name, on any node: reaches those whose keys only other nodes have, and those that are to
 * come. In the store it is a state of its own. On the member's thread only.
 */
final class NameOrders implements Followed, Agreement.Follower, Orders.Ordered {

    private final BreakerFamily family;
    private final Fleet fleet;
    private final Supplier<Stream<SharedBreaker>> breakers;
    private final String name;
    private final StoreLine line;
    private final Alarm alarm;
    private final Agreement agreement;
    private final Orders orders;
    /** Those that the breakers are being given, and those that the store has not answered. */
    private final Deque<GivenToAll> beingGiven = new ArrayDeque<>();

    private final Deque<GivenToAll> unanswered = new ArrayDeque<>();
    private @Nullable StandingForce standing;
    private boolean keepsNextForce;
    private boolean keptHere;
    /** Whether the breakers are off, and the fleet has what they do not follow. */
    private boolean leftOut;

    /** A force that holds for all breakers of the name, and when it was seen, by the ticker. */
    private record StandingForce(Force force, long since) {}

    /** @param breakers those of the name that this node has */
    NameOrders(Fleet fleet, BreakerFamily family, Supplier<Stream<SharedBreaker>> breakers) {
        this.fleet = fleet;
        this.family = family;
        this.breakers = breakers;
        this.name = BreakerNames.all(family.name());
        this.line = new StoreLine(fleet, name, this::foundUnusable);
        this.alarm = new Alarm(fleet);
        this.agreement = new Agreement(fleet, line, shard(), this);
        this.orders = new Orders(fleet, line, this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Name breakerName() {
        return family.name();
    }

    @Override
    public Agreement agreement() {
        return agreement;
    }

    @Override
    public boolean tellsOfDropped() {
        return false; // the breaker without a key was given the same
    }

    @Override
    public Ticker ticker() {
        return family.plain().ticker();
    }

    private BreakerConfig config() {
        return family.plain().config();
    }

    private boolean hasNoSay() {
        return config().enforcement().mode() != GuardMode.ENFORCE;
    }

    // What is ordered here

    /** Keeps the next force to this node, until it ends. */
    void keepHere() {
        keepsNextForce = true;
    }

    void forced(Force force) {
        keptHere = keepsNextForce;
        keepsNextForce = false;
        if (keptHere) {
            standing = null;
            alarm.clear();
            if (force.duration() != null) {
                alarm.set(force.duration(), this::followAgain);
            }
        } else {
            standing = standing(force);
            give(force(), new GivenToAll(TransitionReason.FORCED, force.state(), force.attribution()));
        }
    }

    void released(Attribution by) {
        if (keptHere) {
            followAgain();
        } else {
            standing = null;
            give(new StoreCommand.Release(Word.toAll(by)), new GivenToAll(TransitionReason.RELEASED, null, by));
        }
    }

    void reset(Attribution by) {
        keptHere = false;
        standing = null;
        give(new StoreCommand.Reset(new Word(by)), new GivenToAll(TransitionReason.RESET, null, by));
    }

    private void give(StoreCommand order, GivenToAll given) {
        if (hasNoSay()) {
            return;
        }
        alarm.clear();
        if (fleet.hasStore()) {
            beingGiven.add(given);
            unanswered.add(given);
        }
        orders.give(order);
    }

    /** Hears that every breaker has had an order that was given here. */
    void given() {
        beingGiven.poll();
    }

    /** Returns the order that is just being given here and that moved a breaker; null if something else did. */
    @Nullable
    GivenToAll given(Transition moved) {
        return beingGiven.stream()
                .filter(each -> each.isWhatMoved(moved))
                .findFirst()
                .orElse(null);
    }

    private void foundUnusable() {
        tell(unanswered.poll());
    }

    private void tell(@Nullable GivenToAll given) {
        if (given != null) {
            breakers.get().forEach(breaker -> breaker.ordersToAll().said(given));
        }
    }

    private void followAgain() {
        keptHere = false;
        agreement.ask(new StoreCommand.Tick(), this::take);
    }

    private StandingForce standing(Force force) {
        return new StandingForce(force, ticker().nanos());
    }

    @Override
    public StoreCommand force() {
        StandingForce seen = standing;
        if (seen == null) {
            return new StoreCommand.Tick();
        }
        Force force = seen.force();
        Duration lasts = Duration.ZERO;
        if (force.duration() != null) {
            lasts = force.duration().minusNanos(ticker().nanos() - seen.since());
            if (lasts.toMillis() <= 0) {
                return new StoreCommand.Tick();
            }
        }
        return new StoreCommand.Force(force.state(), lasts, States.round(config()), new Word(force.attribution()));
    }

    /** Tells a breaker that has just come how all of its name are held. */
    void welcome(SharedBreaker breaker) {
        if (keptHere || keepsNextForce) {
            breaker.keepHere();
        }
        breaker.ordersToAll().begin(this);
    }

    /** Returns the force that holds for all, as an order to one breaker that the fleet does not have yet; empty if none holds. */
    Optional<Orders.Held> forceOf(SharedBreaker breaker) {
        if (!(force() instanceof StoreCommand.Force force)) {
            return Optional.empty();
        }
        return Optional.of(orders.heldFor(force).orElseGet(() -> breaker.part(force.with(passedOn()))));
    }

    /**
     * Has a future completed once no order waits to be sent: with true if the fleet has it, with false if the store is away, or these
     * breakers have no say.
     */
    void whenSent(CompletableFuture<Boolean> sent) {
        if (hasNoSay()) {
            sent.complete(false);
        } else {
            orders.whenSent(sent);
        }
    }

    // What the fleet has

    @Override
    public void follow(StoreAnswer answer, long asked) {
        GivenToAll given = unanswered.poll();
        if (given != null && answer.state() != null) {
            given.said(passedOn(answer.state()));
        }
        if (!agreement.isOld(answer, asked)) {
            agreement.follow(answer, List.of());
        }
        tell(given);
    }

    private void take(StoreAnswer answer) {
        take(answer, List.of());
    }

    @Override
    public void take(StoreAnswer answer, List<ProbeLease> none) {
        agreement.note(answer);
        if (keptHere) {
            return;
        }
        alarm.clear();
        leftOut = config().enforcement().isOff();
        if (leftOut) {
            return;
        }
        FleetState state = answer.state();
        standing = state != null && state.state().isForced() ? standing(States.force(state, answer.now())) : null;
        if (standing == null) {
            family.forgetForce();
        } else {
            family.forceLater(standing.force());
        }
        passOn();
        arrange(answer);
    }

    @Override
    public void hearAgain(StoreAnswer answer, List<ProbeLease> none) {
        passOn();
        if (!keptHere && !alarm.isSet()) {
            arrange(answer);
        }
    }

    private void passOn() {
        breakers.get().forEach(this::passOnTo);
    }

    /** Has one breaker follow the last order, if that concerns it. */
    void passOnTo(SharedBreaker breaker) {
        FleetState state = agreement.state();
        if (state == null || keptHere || leftOut) {
            return;
        }
        if (standing != null) {
            breaker.ordersToAll().obey(() -> force().with(passedOn()));
        } else if (state.reason().equals(TransitionReason.RELEASED.name())) {
            breaker.ordersToAll().obey(() -> new StoreCommand.Release(passedOn()));
        } else if (state.reason().equals(TransitionReason.RESET.name())) {
            breaker.ordersToAll().obey(() -> new StoreCommand.Reset(passedOn()));
        }
    }

    /** Returns whether a force holds for all that was said before another order. */
    boolean isForcedBefore(long word) {
        FleetState state = agreement.state();
        return standing != null && state != null && state.operatorEpoch() < word;
    }

    /** Returns by whom the last order was said, when and where. */
    private Word passedOn() {
        FleetState state = agreement.state();
        return state == null ? Word.NOBODYS : passedOn(state);
    }

    private static Word passedOn(FleetState state) {
        return Word.passedOn(States.attribution(state), state.operatorEpoch(), state.node());
    }

    /** Sees to the end of a force, and that one without an end is not forgotten. */
    private void arrange(StoreAnswer answer) {
        FleetState state = answer.state();
        if (state == null || !state.state().isForced()) {
            return;
        }
        alarm.set(agreement.lookAtForceAfter(state, answer.now()), agreement::read);
    }

    // The store goes and comes

    @Override
    public boolean isPlain() {
        return !orders.isOneHeld() && agreement.known() == 0;
    }

    @Override
    public void rejoin() {
        agreement.joined();
        if (!orders.sendHeld()) {
            agreement.ask(new StoreCommand.Tick(), this::agree);
        }
    }

    private void agree(StoreAnswer answer) {
        if (answer.epoch() < agreement.known() && agreement.isRestorable()) {
            agreement.ask(agreement.restore(), this::take);
        } else {
            take(answer);
        }
    }

    @Override
    public void joined() {
        agreement.joined();
    }

    @Override
    public void followIfOnAgain() {
        if (leftOut && !config().enforcement().isOff()) {
            agreement.ask(new StoreCommand.Tick(), this::take);
        }
    }

    @Override
    public void leave() {
        alarm.clear();
        unanswered.clear();
        orders.tellSent();
    }
}
