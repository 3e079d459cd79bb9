package dev.resilience.benchmarks.fleet;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.shared.FleetMember;
import dev.resilience.spring.shared.MemberSettings;
import dev.resilience.spring.shared.Quorum;
import dev.resilience.spring.shared.SharedMode;
import dev.resilience.spring.shared.SharedView;
import dev.resilience.spring.shared.Sharing;
import dev.resilience.spring.shared.StoreAddress;
import java.time.Duration;

/** One process of a fleet, as the configuration's defaults have it, with a breaker that opens at the fourth failure. */
final class Node implements AutoCloseable {

    private static final BreakerConfig CONFIG = BreakerConfig.DEFAULTS
            .withWindow(WindowSize.time(Duration.ofSeconds(30)))
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(4));
    private static final MemberSettings SETTINGS = new MemberSettings(
            10,
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            25_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofHours(24),
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            true,
            2000);

    final CircuitBreaker breaker;
    volatile long openedAt;
    private final FleetMember member;

    Node(String name, SharedMode mode) {
        FleetMember made = FleetMember.of(
                StoreAddress.of(Store.uri()),
                "figures",
                name,
                SETTINGS,
                any -> new Sharing(mode, new Quorum(1, false)),
                dropped -> {});
        member = made;
        BreakerRegistry registry =
                new BreakerRegistry(any -> CONFIG, BreakerEnvironment.DEFAULT.withListener(transition -> {
                    if (transition.to() == BreakerState.OPEN && transition.node() != null) {
                        openedAt = System.nanoTime();
                    }
                    made.onTransition(transition);
                }));
        breaker = registry.get("payments");
        member.join(registry);
    }

    boolean isConnected() {
        return member.isConnected();
    }

    boolean agreesOn(BreakerState state) {
        return breaker.state() == state
                && member.view(breaker.name()).map(SharedView::epoch).orElse(0L) > 0;
    }

    void call(boolean succeeding) {
        try {
            breaker.call(() -> {
                if (!succeeding) {
                    throw new IllegalStateException("broken");
                }
                return "paid";
            });
        } catch (Exception expected) {
            // the call was to fail, or to be refused
        }
    }

    @Override
    public void close() {
        member.close();
    }
}
