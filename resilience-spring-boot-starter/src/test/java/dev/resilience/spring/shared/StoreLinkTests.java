package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.registry.BreakerRegistry;
import io.lettuce.core.RedisCommandExecutionException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How often a node connects to a store that does nothing for it. */
class StoreLinkTests {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final VirtualTime time = new VirtualTime();
    private int connections;

    /** Returns a store that takes connections and refuses whatever it is asked. */
    private StoreConnector refusing() {
        FleetStore store = (FleetStore) Proxy.newProxyInstance(
                FleetStore.class.getClassLoader(),
                new Class<?>[] {FleetStore.class},
                (proxy, asked, arguments) -> CompletableFuture.failedStage(
                        new RedisCommandExecutionException("NOPERM this user has no permissions")));
        return new StoreConnector() {

            @Override
            public CompletionStage<StoreConnection> connect(StoreListener listener) {
                connections++;
                return CompletableFuture.completedStage(new Connected(store));
            }

            @Override
            public void close() {}
        };
    }

    private record Connected(FleetStore store) implements StoreConnection {

        @Override
        public boolean isSubscribed() {
            return true;
        }

        @Override
        public CompletionStage<Void> subscribe() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> close() {
            return CompletableFuture.completedStage(null);
        }
    }

    @Test
    void isEverMoreSeldomWhereItConnectsAndRefusesCommands() {
        Sharing sharing = new Sharing(SharedMode.SHARED_STATE, Quorum.DEFAULT);
        MemberSettings settings = Node.returning(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ZERO);
        FleetMember member = new FleetMember(refusing(), "node", settings, name -> sharing, dropped -> {}, time.loop());
        member.join(new BreakerRegistry(any -> Node.CONFIG, BreakerEnvironment.DEFAULT));

        long end = time.nanos() + LONG.toNanos();
        time.settle();
        while (time.moveTowards(end)) {
            time.settle();
        }

        // five seconds on average once it is at most ten; twelve thousand times if the wait stayed that of the first
        // time
        assertThat(connections).isBetween(60, 250);
    }
}
