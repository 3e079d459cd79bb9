package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What three nodes do while things happen to their connections. */
class ConnectionFaultsTests {

    private static RedisProcess server;
    private static int namespaces;

    private FleetOfThree fleet;

    @BeforeAll
    static void startServer(@TempDir Path directory) {
        server = new RedisProcess(directory);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() {
        namespaces++;
        fleet = new FleetOfThree(server, "connections-" + namespaces);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void force(int node, BreakerState state) {
        fleet.node(node).breaker.force(new Force(state, null, "ann", "repair"));
    }

    @Test
    void aNodeThatIsCutOffFollowsWhenItIsBack() {
        fleet.proxy(2).cut();
        fleet.awaitScope(fleet.node(2), Scope.LOST);
        force(0, BreakerState.FORCED_OPEN);
        fleet.awaitUntil(fleet.node(1), node -> node.state() == BreakerState.FORCED_OPEN);
        assertThat(fleet.node(2).state()).isEqualTo(BreakerState.CLOSED);

        fleet.proxy(2).heal();
        fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);
    }

    @Test
    void nodesAgreeOverASlowNetwork() {
        fleet.proxies.forEach(proxy -> proxy.delay(Duration.ofMillis(100)));
        force(0, BreakerState.FORCED_OPEN);
        long first = fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);
        fleet.node(1).breaker.reset();
        fleet.node(1).fail(4);
        fleet.awaitUntil(fleet.node(2), node -> node.view().epoch() > first);
        force(2, BreakerState.FORCED_CLOSED);

        fleet.awaitAgreement(BreakerState.FORCED_CLOSED, first);
    }

    @Test
    void aNetworkThatIsTooSlowIsAStoreThatIsAway() {
        fleet.proxy(1).delay(Duration.ofSeconds(5));
        fleet.awaitScope(fleet.node(1), Scope.LOST);
        force(0, BreakerState.FORCED_OPEN);

        fleet.proxy(1).heal();
        fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);
    }

    @Test
    void aConnectionThatTheServerHasHalfClosedIsMadeAnew() {
        FleetTotals before = fleet.node(0).member.totals();
        fleet.proxy(0).halfClose();
        fleet.awaitUntil(
                fleet.node(0), node -> node.member.totals().rejoins() > before.rejoins() && node.isIn(Scope.FLEET));
        force(0, BreakerState.FORCED_OPEN);
        fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);
    }

    @Test
    void aConnectionThatSaysNonsenseIsMadeAnew() {
        fleet.proxy(0).garble();
        fleet.awaitScope(fleet.node(0), Scope.LOST);
        fleet.node(0).fail(4);
        assertThat(fleet.node(0).state()).isEqualTo(BreakerState.OPEN);
        fleet.proxy(0).heal();
        force(1, BreakerState.FORCED_CLOSED);

        fleet.awaitAgreement(BreakerState.FORCED_CLOSED, 0);
    }

    @Test
    void aConnectionThatIsDeadWithoutAWordIsAStoreThatIsAway() {
        fleet.proxy(0).swallow();
        fleet.awaitScope(fleet.node(0), Scope.LOST);
        force(1, BreakerState.FORCED_OPEN);
        fleet.awaitUntil(fleet.node(2), node -> node.state() == BreakerState.FORCED_OPEN);

        fleet.proxy(0).heal();
        fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);
    }

    @Test
    void whatMessagesDoNotSayPollsDo() {
        fleet.proxies.forEach(TcpProxy::swallowMessages);
        force(0, BreakerState.FORCED_OPEN);
        long first = fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);
        fleet.proxies.forEach(TcpProxy::heal);
        fleet.proxies.forEach(TcpProxy::cutMessages);
        force(1, BreakerState.FORCED_CLOSED);

        fleet.awaitAgreement(BreakerState.FORCED_CLOSED, first);
    }

    @Test
    void aProbeOfANodeThatIsCutOffCountsNothingAndItsPlaceIsTakenByOthers() {
        fleet.node(0).fail(4);
        fleet.awaitUntil(fleet.node(1), node -> node.view().epoch() > 0);
        BreakerPermit probe = probe(fleet.node(1));
        fleet.proxy(1).cut();
        fleet.awaitScope(fleet.node(1), Scope.LOST);

        fleet.awaitUntil(fleet.node(0), node -> {
            node.make(true);
            fleet.node(2).make(true);
            return node.state() == BreakerState.CLOSED;
        });
        long closed = fleet.node(0).view().epoch();
        fleet.node(1).breaker.end(probe, Outcome.FAILURE, 0, 0, null);
        fleet.proxy(1).heal();

        assertThat(fleet.awaitAgreement(BreakerState.CLOSED, 0)).isEqualTo(closed);
    }

    /** Returns the permit of a call that is under way as a probe of the fleet's. */
    private BreakerPermit probe(Node node) {
        AtomicReference<BreakerPermit> permit = new AtomicReference<>();
        fleet.awaitUntil(node, each -> {
            try {
                permit.set(each.breaker.acquire());
                return true;
            } catch (BreakerOpenException refused) {
                return false;
            }
        });
        return permit.get();
    }

    @Test
    void noThreadIsLeftOfNodesThatEndWhileTheirStoreHangs() {
        fleet.close();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (TcpProxy proxy = new TcpProxy(server.port);
                Node node = new Node(proxy.uri(), "threads", "node", new Quorum(1, false))) {
            fleet.awaitScope(node, Scope.FLEET);
            proxy.swallow();
            node.fail(4);
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> !before.contains(thread))
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("lettuce") || name.startsWith("resilience"))
                                .collect(Collectors.toSet()))
                        .isEmpty());
    }
}
