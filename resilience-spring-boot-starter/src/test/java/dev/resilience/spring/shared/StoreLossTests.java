package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** What nodes do while their store is killed, and when it comes back with nothing in it. */
class StoreLossTests {

    private static final Quorum ONE = new Quorum(1, false);

    private final List<Node> nodes = new ArrayList<>();
    private int port;
    private RedisServer server;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        startAgain();
    }

    private void startAgain() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        nodes.forEach(Node::close);
        server.stop();
    }

    private Node node() {
        Node node = new Node("redis://127.0.0.1:" + port, "loss", "node-" + nodes.size(), ONE);
        nodes.add(node);
        awaitScope(node, Scope.FLEET);
        return node;
    }

    private static void awaitScope(Node node, Scope scope) {
        await().atMost(Duration.ofSeconds(20)).until(() -> node.isIn(scope));
    }

    private static void awaitState(Node node, BreakerState state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> node.state() == state);
    }

    @Test
    void eachNodeDecidesForItself() throws IOException {
        Node first = node();
        Node second = node();
        server.stop();
        awaitScope(first, Scope.LOST);
        awaitScope(second, Scope.LOST);

        first.fail(4);

        assertThat(first.state()).isEqualTo(BreakerState.OPEN);
        assertThat(second.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(second.make(true)).isTrue();
    }

    @Test
    void aForceIsKeptAndGivenBackToTheStore() throws IOException {
        Node first = node();
        Node second = node();
        first.breaker.force(new Force(BreakerState.FORCED_OPEN, null, "ann", "repair"));
        awaitState(second, BreakerState.FORCED_OPEN);
        await().until(() -> first.view().epoch() == second.view().epoch());
        long before = first.view().epoch();

        server.stop();
        awaitScope(first, Scope.LOST);
        awaitScope(second, Scope.LOST);
        assertThat(first.state()).isEqualTo(BreakerState.FORCED_OPEN);
        startAgain();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> first.isIn(Scope.FLEET)
                        && second.isIn(Scope.FLEET)
                        && first.view().epoch() > before
                        && first.view().epoch() == second.view().epoch());
        assertThat(node().state()).isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void anOrderIsSentWhenTheStoreIsBack() throws IOException, InterruptedException {
        Node first = node();
        Node second = node();
        server.stop();
        awaitScope(first, Scope.LOST);
        awaitScope(second, Scope.LOST);
        first.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        assertThat(first.member.awaitOrder(first.breaker.name(), Duration.ofSeconds(10)))
                .isFalse();
        startAgain();

        awaitState(second, BreakerState.FORCED_OPEN);
    }

    @Test
    void anOpenBreakerIsLeftByProbesOfTheNodesOwn() throws IOException {
        Node node = node();
        node.fail(4);
        await().until(() -> node.view().epoch() > 0);
        server.stop();
        awaitScope(node, Scope.LOST);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            node.make(true);
            return node.state() == BreakerState.CLOSED;
        });
        startAgain();

        awaitScope(node, Scope.FLEET);
        assertThat(node.state()).isEqualTo(BreakerState.CLOSED);
    }
}
