package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What nodes of this version do in a fleet that has nodes of a later one. */
@ExtendWith(OutputCaptureExtension.class)
class UpgradesTests {

    private static final String OTHER = "stock";

    private final StoreFixture store = new StoreFixture();
    private final List<Node> nodes = new ArrayList<>();

    private Node node() {
        Node node = new Node(
                TestRedis.uri().toURI().toString(), store.namespace, "node-" + nodes.size(), new Quorum(1, false));
        nodes.add(node);
        await().atMost(Duration.ofSeconds(20)).until(() -> node.isIn(Scope.FLEET));
        return node;
    }

    @AfterEach
    void leave() {
        nodes.forEach(Node::close);
        store.close();
    }

    /** Writes a state as a node of a later version does, and tells of it in the log. */
    private void written(Map<String, String> fields) {
        long now = System.currentTimeMillis();
        store.write(fields);
        store.redis.hset(store.stateKey(), StateField.EPOCH, String.valueOf(now));
        store.redis.zadd(store.keys.log(BreakerNames.shard(StoreFixture.BREAKER)), (double) now, StoreFixture.BREAKER);
    }

    @Test
    void keepWhatALaterVersionWritesBesides() {
        Node first = node();
        Node second = node();
        written(Map.of("v", "1", "s", "FORCED_CLOSED", "fb", "ann", "zz", "future"));
        for (Node node : nodes) {
            await().atMost(Duration.ofSeconds(20)).until(() -> node.state() == BreakerState.FORCED_CLOSED);
        }

        first.breaker.reset();
        await().atMost(Duration.ofSeconds(20)).until(() -> second.state() == BreakerState.CLOSED);
        second.fail(4);
        await().atMost(Duration.ofSeconds(20)).until(() -> first.state() == BreakerState.OPEN);

        assertThat(store.redis.hget(store.stateKey(), "zz")).isEqualTo("future");
    }

    @Test
    void leaveABreakerOfALaterMajorVersionLocalWithOneWarningAndShareTheOthers(CapturedOutput output) {
        Node first = node();
        Node second = node();
        CircuitBreaker there = second.registry.get(OTHER);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        second.member.view(there.name()).map(SharedView::scope).orElse(Scope.LOST) == Scope.FLEET);
        written(Map.of("v", "2", "s", "SOMETHING"));
        for (Node node : nodes) {
            await().atMost(Duration.ofSeconds(20)).until(() -> node.isIn(Scope.LOCAL));
        }
        long polled = first.member.totals().corrupt();
        await().atMost(Duration.ofSeconds(20)).until(() -> first.member.totals().corrupt() > polled + 3);

        first.registry.get(OTHER).force(Force.to(BreakerState.FORCED_OPEN));
        await().atMost(Duration.ofSeconds(20)).until(() -> there.state() == BreakerState.FORCED_OPEN);
        first.fail(4);
        assertThat(first.state()).isEqualTo(BreakerState.OPEN);
        assertThat(second.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(store.redis.hget(store.stateKey(), "s")).isEqualTo("SOMETHING");
        assertThat(output.getOut().lines().filter(line -> line.contains("cannot be used (VERSION)")))
                .hasSize(nodes.size());
    }
}
