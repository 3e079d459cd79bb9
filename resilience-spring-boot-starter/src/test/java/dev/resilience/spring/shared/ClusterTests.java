package dev.resilience.spring.shared;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet whose store is a cluster of three masters, of which the one with all keys has a replica. */
class ClusterTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SLOTS = 16_384;

    @TempDir
    private Path directory;

    private final List<RedisProcess> servers = new ArrayList<>();
    private RedisProcess master;
    private StoreAddress store;

    private RedisProcess server() throws IOException {
        Path home = Files.createDirectory(directory.resolve("server-" + servers.size()));
        RedisProcess server = new RedisProcess(home, "--cluster-enabled", "yes", "--cluster-node-timeout", "1000");
        servers.add(server);
        return server;
    }

    @BeforeEach
    void start() throws IOException {
        master = server();
        RedisProcess second = server();
        RedisProcess third = server();
        slots(master, 0, SLOTS - 2);
        slots(second, SLOTS - 2, SLOTS - 1);
        slots(third, SLOTS - 1, SLOTS);
        RedisProcess replica = server();
        servers.forEach(each -> each.ask(redis -> redis.clusterMeet("127.0.0.1", master.port)));
        String leader = master.ask(RedisCommands::clusterMyId);
        awaitOf(master, RedisCommands::clusterInfo, "cluster_known_nodes:4");
        awaitOf(replica, RedisCommands::clusterNodes, leader);
        replica.ask(redis -> redis.clusterReplicate(leader));
        awaitOf(replica, redis -> redis.info("replication"), "master_link_status:up");
        servers.forEach(each -> awaitOf(each, RedisCommands::clusterInfo, "cluster_state:ok"));
        store = StoreAddress.ofCluster(master.uri() + ",127.0.0.1:" + second.port);
    }

    private static void slots(RedisProcess server, int first, int end) {
        server.ask(redis -> redis.clusterAddSlots(IntStream.range(first, end).toArray()));
    }

    private static void awaitOf(
            RedisProcess server, Function<RedisCommands<String, String>, String> question, String answer) {
        await().atMost(PATIENCE).until(() -> server.ask(question).contains(answer));
    }

    @AfterEach
    void stop() {
        servers.forEach(RedisProcess::close);
    }

    @Test
    void agreesAgainWhenAReplicaHasTakenOver() throws Exception {
        MasterLoss.isSurvived(store, master::kill);
    }
}
