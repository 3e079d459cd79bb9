package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Breakers with a window of four seconds that judge from twelve calls on: more than one node makes here. */
@Tag("store")
class FleetWindowTests {

    private static final Quorum ONE = new Quorum(1, false);

    private final String namespace = "test-" + UUID.randomUUID();
    private final List<Node> nodes = new ArrayList<>();

    private Node node(Quorum quorum, @Nullable Duration averageDuration, @Nullable Integer concurrent) {
        Node node = new Node(
                TestRedis.address(),
                namespace,
                "node-" + nodes.size(),
                new Sharing(SharedMode.SHARED_WINDOW, quorum, averageDuration, concurrent),
                Node.FAST,
                Node.CONFIG
                        .withWindow(WindowSize.time(Duration.ofSeconds(4)))
                        .withTrip(TripConfig.DEFAULTS.withMinimumCalls(12).withFailureRate(50)));
        nodes.add(node);
        await().atMost(Duration.ofSeconds(10)).until(() -> node.isIn(Scope.FLEET));
        return node;
    }

    private Node node(Quorum quorum) {
        return node(quorum, null, null);
    }

    private void awaitAllOpen(TransitionReason reason) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> nodes.stream().allMatch(node -> node.view().epoch() > 0));
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.heard).first().extracting(Transition::to).isEqualTo(BreakerState.OPEN);
            assertThat(node.heard).first().extracting(Transition::reason).isEqualTo(reason);
        });
    }

    @AfterEach
    void leave() {
        nodes.forEach(Node::close);
    }

    @Test
    void opensOnTheCallsOfNodesEachOfWhichMakesTooFewToJudge() {
        List.of(node(ONE), node(ONE), node(ONE)).forEach(node -> node.fail(4));

        awaitAllOpen(TransitionReason.FAILURE_RATE);
    }

    @Test
    void goesOnWhereOneNodeFailsAndTheCallsOfAllDoNot() {
        Node sick = node(ONE);
        Node well = node(ONE);
        for (int call = 0; call < 40; call++) {
            well.make(true);
        }
        long soFar = well.member.totals().syncs();
        // one exchange may have begun in the middle of these calls; what the next one tells has all of them
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            well.make(true);
            return well.member.totals().syncs() > soFar + 1;
        });
        long told = sick.member.totals().syncs();
        sick.fail(12);
        await().until(() ->
                sick.state() == BreakerState.OPEN && sick.member.totals().syncs() > told);

        assertThat(sick.view().epoch()).isZero();
        assertThat(well.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void opensNotBeforeAQuorumOfNodesHasFailures() {
        Quorum two = new Quorum(2, false);
        Node first = node(two);
        Node second = node(two);
        first.fail(12);
        await().until(() -> first.view().votes() == 1);
        assertThat(second.state()).isEqualTo(BreakerState.CLOSED);

        second.fail(1);
        await().atMost(Duration.ofSeconds(10)).until(() -> second.view().epoch() > 0);
        assertThat(second.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void opensOnTheAverageDurationOfAllCalls() {
        List<Node> both = List.of(node(ONE, Duration.ofSeconds(1), null), node(ONE, Duration.ofSeconds(1), null));
        both.forEach(node -> {
            for (int call = 0; call < 6; call++) {
                BreakerPermit permit = node.breaker.acquire();
                long now = node.breaker.ticker().nanos();
                node.breaker.end(
                        permit, Outcome.SUCCESS, now - Duration.ofSeconds(2).toNanos(), now, null);
            }
        });

        awaitAllOpen(TransitionReason.AVERAGE_DURATION);
    }

    @Test
    void opensOnCallsThatHangBeforeAnyOfThemEnds() {
        List.of(node(ONE, null, 10), node(ONE, null, 10)).forEach(node -> {
            for (int call = 0; call < 6; call++) {
                node.breaker.acquire();
            }
        });

        awaitAllOpen(TransitionReason.CONCURRENT);
    }
}
