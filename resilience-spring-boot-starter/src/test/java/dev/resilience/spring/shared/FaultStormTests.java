package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has to hold of three nodes whatever happens to them, one thing after the other. */
class FaultStormTests {

    private static final int FAULTS = 40;
    private static final int CALLS_BETWEEN = 60;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leavesOneFleetInWhichNothingWasEverWrong(long seed) {
        Random random = new Random(seed);
        try (RedisProcess server = new RedisProcess(directory);
                FleetOfThree fleet = new FleetOfThree(server, "storm");
                Traffic traffic = new Traffic(fleet.nodes)) {
            storm(fleet, server, traffic, random, () -> {});
            fleet.node(0).breaker.force(Force.to(BreakerState.FORCED_CLOSED));

            fleet.awaitAgreement(BreakerState.FORCED_CLOSED, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void leavesNoKeyThatAnOrderForItsNameDoesNotReach(long seed) {
        Random random = new Random(seed);
        try (RedisProcess server = new RedisProcess(directory);
                FleetOfThree fleet = new FleetOfThree(server, "keys");
                Traffic traffic = new Traffic(fleet.nodes)) {
            storm(
                    fleet,
                    server,
                    traffic,
                    random,
                    () -> order(random.nextInt(8), fleet.node(random.nextInt(3)), "key" + random.nextInt(12)));

            fleet.node(0).family().force(Force.to(BreakerState.FORCED_CLOSED));
            awaitAll(fleet, BreakerState.FORCED_CLOSED);
            assertThat(fleet.node(2).family().get("late").state()).isEqualTo(BreakerState.FORCED_CLOSED);

            fleet.node(1).family().release();
            awaitAll(fleet, BreakerState.CLOSED);
            assertThat(fleet.node(2).family().get("later").state()).isEqualTo(BreakerState.CLOSED);
        }
    }

    /** Has one thing after the other happen to all, and leaves them together with their store. */
    private static void storm(
            FleetOfThree fleet, RedisProcess server, Traffic traffic, Random random, Runnable beforeEach) {
        for (int fault = 0; fault < FAULTS; fault++) {
            int before = traffic.calls();
            beforeEach.run();
            happen(random.nextInt(12), fleet.node(random.nextInt(3)), fleet.proxy(random.nextInt(3)), server);
            await().atMost(Duration.ofSeconds(30)).until(() -> traffic.calls() > before + CALLS_BETWEEN);
        }
        fleet.proxies.forEach(TcpProxy::heal);
        server.resume();
        fleet.proxies.forEach(TcpProxy::endAll);
        fleet.awaitEach(Scope.FLEET);
    }

    private static void order(int what, Node node, String key) {
        List<Runnable> all = List.of(
                () -> node.family().force(Force.to(BreakerState.FORCED_OPEN)),
                () -> node.family().release(),
                () -> node.family().reset(),
                () -> node.family().get(key).force(Force.to(BreakerState.FORCED_OPEN)),
                () -> node.family().get(key).release(),
                () -> node.family().get(key).reset(),
                () -> node.family().get(key),
                () -> node.family().get(key));
        all.get(what).run();
    }

    private static void awaitAll(FleetOfThree fleet, BreakerState state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(fleet.nodes)
                        .flatExtracting(node -> node.family().all())
                        .extracting(CircuitBreaker::name, CircuitBreaker::state)
                        .allSatisfy(seen ->
                                assertThat(seen.toList().get(1)).as("%s", seen).isEqualTo(state)));
    }

    private static void happen(int what, Node node, TcpProxy proxy, RedisProcess server) {
        List<Runnable> all = List.of(
                () -> node.fail(4),
                () -> node.fail(4),
                node.breaker::reset,
                () -> node.breaker.force(Force.to(BreakerState.FORCED_OPEN)),
                node.breaker::release,
                proxy::cut,
                proxy::heal,
                proxy::cutMessages,
                proxy::garble,
                () -> proxy.delay(Duration.ofMillis(50)),
                server::pause,
                server::resume);
        all.get(what).run();
    }
}
