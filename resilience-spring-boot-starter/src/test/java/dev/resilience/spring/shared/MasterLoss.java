package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import java.time.Duration;

/** What two nodes have to do when the server of their store ends and a replica takes over. */
final class MasterLoss {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Quorum ONE = new Quorum(1, false);

    private MasterLoss() {}

    /** How a server is ended. */
    interface End {

        void come() throws Exception;
    }

    static void isSurvived(StoreAddress store, End end) throws Exception {
        try (Node first = new Node(store, "loss", "first", ONE);
                Node second = new Node(store, "loss", "second", ONE)) {
            awaitScope(first, Scope.FLEET);
            awaitScope(second, Scope.FLEET);
            first.breaker.force(new Force(BreakerState.FORCED_OPEN, null, "ann", "repair"));
            await().atMost(PATIENCE).until(() -> second.state() == BreakerState.FORCED_OPEN);

            end.come();
            awaitScope(first, Scope.LOST);
            awaitScope(second, Scope.LOST);
            awaitScope(first, Scope.FLEET);
            awaitScope(second, Scope.FLEET);

            assertThat(first.state()).isEqualTo(BreakerState.FORCED_OPEN);
            assertThat(second.state()).isEqualTo(BreakerState.FORCED_OPEN);
            second.breaker.reset();
            await().atMost(PATIENCE)
                    .until(() -> first.state() == BreakerState.CLOSED
                            && first.view().epoch() == second.view().epoch());
        }
    }

    private static void awaitScope(Node node, Scope scope) {
        await().atMost(PATIENCE).until(() -> node.isIn(scope));
    }
}
