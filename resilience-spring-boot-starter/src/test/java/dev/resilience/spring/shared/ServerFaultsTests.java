package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What three nodes do while things happen to the server of their store. */
class ServerFaultsTests {

    private static final String NAMESPACE = "faults";
    private static final String STATE = new StoreKeys(NAMESPACE).of(StoreFixture.BREAKER)[0];

    @TempDir
    private Path directory;

    private RedisProcess server;
    private FleetOfThree fleet;

    @BeforeEach
    void start() {
        server = new RedisProcess(directory);
        fleet = new FleetOfThree(server, NAMESPACE);
    }

    @AfterEach
    void stop() {
        fleet.close();
        server.close();
    }

    private void force(int node, BreakerState state) {
        fleet.node(node).breaker.force(new Force(state, null, "ann", "repair"));
    }

    @Test
    void aForceIsGivenBackOnceToAServerThatWasKilledAndComesBackEmpty() {
        force(0, BreakerState.FORCED_OPEN);
        long before = fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);

        server.kill();
        fleet.awaitEach(Scope.LOST);
        assertThat(fleet.nodes).allMatch(node -> node.state() == BreakerState.FORCED_OPEN);
        server.start();

        fleet.awaitAgreement(BreakerState.FORCED_OPEN, before);
        String by = server.ask(redis -> redis.hget(STATE, StateField.ORDERED_BY));
        assertThat(by).isEqualTo("ann");
    }

    @Test
    void eachNodeGoesOnAloneWhileAServerHangsAndNoCallWaitsForIt() {
        try (Traffic traffic = new Traffic(fleet.nodes)) {
            server.pause();
            traffic.begin();
            fleet.awaitEach(Scope.LOST);
            fleet.node(0).breaker.reset();
            fleet.node(0).fail(4);
            traffic.tookLessThan(Duration.ofMillis(100));
        }
        fleet.node(0).breaker.reset();
        fleet.node(0).fail(4);
        assertThat(fleet.node(0).state()).isEqualTo(BreakerState.OPEN);
        assertThat(fleet.node(1).state()).isEqualTo(BreakerState.CLOSED);

        server.resume();
        fleet.awaitEach(Scope.FLEET);
        force(2, BreakerState.FORCED_CLOSED);
        fleet.awaitAgreement(BreakerState.FORCED_CLOSED, 0);
    }

    @Test
    void aForceSurvivesAFlush() {
        force(1, BreakerState.FORCED_CLOSED);
        long before = fleet.awaitAgreement(BreakerState.FORCED_CLOSED, 0);

        server.ask(RedisCommands::flushall);

        fleet.awaitAgreement(BreakerState.FORCED_CLOSED, before);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "FORCED_CLOSED".equals(server.ask(redis -> redis.hget(STATE, StateField.STATE))));
    }

    @Test
    void aForceSurvivesAReplicaThatIsPromotedWithoutTheLastWrites() throws IOException {
        try (TcpProxy link = new TcpProxy(server.port);
                RedisProcess replica = new RedisProcess(
                        Files.createDirectory(directory.resolve("replica")),
                        "--replicaof",
                        "127.0.0.1",
                        String.valueOf(link.port()))) {
            force(0, BreakerState.FORCED_CLOSED);
            fleet.awaitAgreement(BreakerState.FORCED_CLOSED, 0);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> "FORCED_CLOSED".equals(replica.ask(redis -> redis.hget(STATE, StateField.STATE))));
            link.cut();
            force(1, BreakerState.FORCED_OPEN);
            long lastWrite = fleet.awaitAgreement(BreakerState.FORCED_OPEN, 0);

            replica.ask(RedisCommands::replicaofNoOne);
            fleet.proxies.forEach(proxy -> proxy.lead(replica.port));
            server.kill();

            fleet.awaitAgreement(BreakerState.FORCED_OPEN, lastWrite);
            String there = replica.ask(redis -> redis.hget(STATE, StateField.STATE));
            assertThat(there).isEqualTo("FORCED_OPEN");
        }
    }

    @Test
    void aServerThatComesAndGoesLeavesOneFleet() {
        for (int time = 0; time < 5; time++) {
            int node = time % 3;
            fleet.node(node).breaker.reset();
            fleet.node(node).fail(4);
            server.kill();
            fleet.node((node + 1) % 3).fail(4);
            server.start();
        }
        fleet.awaitEach(Scope.FLEET);
        force(2, BreakerState.FORCED_CLOSED);
        fleet.awaitAgreement(BreakerState.FORCED_CLOSED, 0);
    }
}
