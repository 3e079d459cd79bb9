package dev.resilience.spring.shared;

import dev.resilience.Enforcement;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** One process of a fleet, with a breaker that opens at half of four calls. */
final class Node implements AutoCloseable {

    static final BreakerConfig CONFIG = BreakerConfig.DEFAULTS
            .withEnforcement(Enforcement.FULL)
            .withWindow(WindowSize.calls(4))
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(4).withFailureRate(50))
            .withOpen(new OpenConfig(Duration.ofMillis(500), 1, Duration.ofMillis(500), 0))
            .withHalfOpen(new HalfOpenConfig(2, Duration.ofSeconds(5), Duration.ZERO));

    static final MemberSettings FAST = new MemberSettings(
            10,
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            25_000,
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ZERO,
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            true,
            100);

    /** Returns {@link #FAST} with other waits before a node connects again, and before it comes back. */
    static MemberSettings returning(Duration reconnectFirst, Duration reconnectLongest, Duration rejoinJitter) {
        return new MemberSettings(
                FAST.quorumMax(),
                FAST.voteTtl(),
                FAST.flushInterval(),
                FAST.flushBudget(),
                FAST.pollInterval(),
                FAST.pollIntervalAlone(),
                reconnectFirst,
                reconnectLongest,
                rejoinJitter,
                FAST.leaseStart(),
                FAST.takeover(),
                FAST.stateTtl(),
                FAST.commandTimeout(),
                FAST.connectTimeout(),
                FAST.pubSub(),
                FAST.maxBreakers());
    }

    final List<DroppedOrder> dropped = new CopyOnWriteArrayList<>();
    final List<Transition> heard = new CopyOnWriteArrayList<>();
    final BreakerRegistry registry;
    final CircuitBreaker breaker;
    final FleetMember member;
    volatile BiConsumer<Node, Transition> watcher = (node, transition) -> {};

    Node(String uri, String namespace, String name, Quorum quorum) {
        this(StoreAddress.of(uri), namespace, name, quorum, FAST);
    }

    Node(StoreAddress store, String namespace, String name, Quorum quorum) {
        this(store, namespace, name, quorum, FAST);
    }

    Node(StoreAddress store, String namespace, String name, Quorum quorum, MemberSettings settings) {
        this(store, namespace, name, new Sharing(SharedMode.SHARED_STATE, quorum), settings, CONFIG);
    }

    Node(
            StoreAddress store,
            String namespace,
            String name,
            Sharing sharing,
            MemberSettings settings,
            BreakerConfig config) {
        member = FleetMember.of(store, namespace, name, settings, breaker -> sharing, dropped::add);
        AtomicReference<FleetMember> listener = new AtomicReference<>(member);
        registry = new BreakerRegistry(any -> config, BreakerEnvironment.DEFAULT.withListener(transition -> {
            heard.add(transition);
            watcher.accept(this, transition);
            listener.get().onTransition(transition);
        }));
        breaker = registry.get("payments");
        member.join(registry);
    }

    BreakerFamily family() {
        return registry.family(breaker.name());
    }

    void fail(int calls) {
        for (int call = 0; call < calls; call++) {
            make(false);
        }
    }

    /** Makes a call; returns whether it was permitted. */
    boolean make(boolean succeeding) {
        try {
            breaker.call(() -> {
                if (!succeeding) {
                    throw new IllegalStateException("broken");
                }
                return "paid";
            });
            return true;
        } catch (BreakerOpenException refused) {
            return false;
        } catch (Exception broken) {
            return true;
        }
    }

    BreakerState state() {
        return breaker.state();
    }

    SharedView view() {
        return member.view(breaker.name()).orElseThrow();
    }

    boolean isIn(Scope scope) {
        return member.view(breaker.name()).map(SharedView::scope).orElse(null) == scope;
    }

    @Override
    public void close() {
        member.close();
    }
}
