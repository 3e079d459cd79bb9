package dev.resilience.spring.shared;

import static org.awaitility.Awaitility.await;

import dev.resilience.breaker.BreakerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Three nodes whose connections a test can get hold of, each watched. */
final class FleetOfThree implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Quorum ONE = new Quorum(1, false);

    final List<TcpProxy> proxies = new ArrayList<>();
    final List<Node> nodes = new ArrayList<>();
    final FleetWatch watch;

    FleetOfThree(RedisProcess server, String namespace) {
        watch = new FleetWatch(server.uri(), namespace);
        for (int i = 0; i < 3; i++) {
            TcpProxy proxy = new TcpProxy(server.port);
            proxies.add(proxy);
            nodes.add(watch.over(new Node(proxy.uri(), namespace, "node-" + i, ONE)));
        }
        awaitEach(Scope.FLEET);
    }

    Node node(int index) {
        return nodes.get(index);
    }

    TcpProxy proxy(int index) {
        return proxies.get(index);
    }

    void awaitEach(Scope scope) {
        nodes.forEach(node -> awaitScope(node, scope));
    }

    void awaitScope(Node node, Scope scope) {
        awaitUntil(node, each -> each.isIn(scope));
    }

    void awaitUntil(Node node, Predicate<Node> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> condition.test(node));
    }

    /** Waits until all nodes stand on one epoch beyond another one, in one state. Returns the epoch. */
    long awaitAgreement(BreakerState state, long beyond) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> agree(state) && node(0).view().epoch() > beyond);
        watch.foundNothing();
        return node(0).view().epoch();
    }

    private boolean agree(BreakerState state) {
        long epoch = node(0).view().epoch();
        return nodes.stream()
                .allMatch(node -> node.isIn(Scope.FLEET)
                        && node.state() == state
                        && node.view().epoch() == epoch);
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        proxies.forEach(TcpProxy::close);
        watch.close();
    }
}
