package dev.resilience.spring.actuate;

import dev.resilience.GuardMode;
import dev.resilience.Name;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Transition;
import dev.resilience.registry.BreakerFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The breakers behind the endpoint. Orders are carried out one at a time, so that what is told of each is what it did. */
final class BreakerResource implements GuardResource {

    private final Breakers breakers;
    private final AuditTrail trail;
    private final ReentrantLock lock = new ReentrantLock();

    BreakerResource(Breakers breakers, AuditTrail trail) {
        this.breakers = breakers;
        this.trail = trail;
    }

    @Override
    public List<String> listFields() {
        return List.of("state", "limit");
    }

    @Override
    public BreakerList list(Fields fields) {
        return breakers.list(fields.constant("state", BreakerState.class), Limit.of(fields.number("limit")));
    }

    @Override
    public BreakerDetail read(String name, @Nullable String key) {
        return breakers.detail(name, key);
    }

    @Override
    public List<String> orderFields() {
        return BreakerOrder.FIELDS;
    }

    @Override
    public BreakerDetail order(String name, @Nullable String key, Fields fields, String by) {
        BreakerFamily family = breakers.family(name);
        CircuitBreaker shown = breakers.instance(family, key);
        BreakerOrder order = BreakerOrder.of(fields);
        BreakerControls controls = key == null ? BreakerControls.of(family) : BreakerControls.of(shown);
        Name target = key == null ? family.name() : shown.name();
        Change change = carryOut(order, controls, target, shown, by);
        if (change != null) {
            trail.add(change, by);
        }
        return answer(order, family, shown);
    }

    private BreakerDetail answer(BreakerOrder order, BreakerFamily family, CircuitBreaker shown) {
        BreakerDetail.Reach reach = null;
        if (order.command() != null) {
            Boolean isWithTheFleet = breakers.isOrdered(shown);
            if (isWithTheFleet != null) {
                boolean hasASay = shown.config().enforcement().mode() == GuardMode.ENFORCE;
                reach = BreakerDetail.Reach.of(order.staysHere() || !hasASay, isWithTheFleet);
            }
        }
        return breakers.detail(family, shown).ordered(reach);
    }

    private @Nullable Change carryOut(
            BreakerOrder order, BreakerControls controls, Name target, CircuitBreaker shown, String by) {
        lock.lock();
        try {
            order.check(controls.breakers());
            if (order.staysHere()) {
                breakers.keepHere(target);
            }
            BreakerSnapshot before = shown.snapshot();
            boolean isChanged = order.carryOut(controls, by);
            return isChanged || mayChangeOthers(order, target) ? change(before, shown, order) : null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns whether an order that has nothing to change here may have elsewhere: a key can be forced that only other processes have.
     */
    private boolean mayChangeOthers(BreakerOrder order, Name target) {
        return order.command() != null && target.key() == null && breakers.isShared(target);
    }

    private static Change change(BreakerSnapshot before, CircuitBreaker changed, BreakerOrder order) {
        BreakerSnapshot after = changed.snapshot();
        Set<String> keys = new LinkedHashSet<>(order.override().keys());
        if (order.clears()) {
            keys.addAll(before.overridden());
        }
        // a change of mode can move the state too: switching off releases a force
        boolean moves = order.command() != null || before.generation() != after.generation();
        return new Change(
                "breaker",
                changed.name(),
                Change.described(moves ? before.state() : null, keys, ConfigView.of(before.config())),
                Change.described(moves ? ordered(before, after, order) : null, keys, ConfigView.of(after.config())),
                order.reason(),
                expiry(changed.ticker().instant(), order.duration()));
    }

    /** Returns what the order itself made of the state, which a fleet may have moved since. */
    private static BreakerState ordered(BreakerSnapshot before, BreakerSnapshot after, BreakerOrder order) {
        BreakerOrder.Command command = order.command();
        if (command != null && command.forces()) {
            return BreakerState.valueOf(command.name());
        }
        return after.transitions().stream()
                .filter(transition -> transition.generation() > before.generation() && transition.node() == null)
                .map(Transition::to)
                .findFirst()
                .orElse(after.state());
    }

    private static @Nullable Instant expiry(Instant now, @Nullable Duration duration) {
        return duration == null ? null : now.plus(duration);
    }
}
