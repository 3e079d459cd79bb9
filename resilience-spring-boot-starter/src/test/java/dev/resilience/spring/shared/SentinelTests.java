package dev.resilience.spring.shared;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

/** A fleet whose store has a replica, and a Sentinel that watches both. */
class SentinelTests {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String RIGHTS =
            "on >secret -@all +auth +hello +ping +client|setname +sentinel|get-master-addr-by-name";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RedisServer master;
    private RedisServer replica;
    private RedisSentinel sentinel;
    private StoreAddress store;

    @BeforeEach
    void start() throws IOException {
        int first = freePort();
        master = server(first, "");
        int second = freePort();
        replica = server(second, "replicaof " + LOOPBACK + " " + first);
        await().atMost(PATIENCE).until(() -> info(RedisURI.create(LOOPBACK, second), "master_link_status:up"));
        int port = freePort();
        sentinel = RedisSentinel.newRedisSentinel()
                .port(port)
                .masterName("store")
                .masterPort(first)
                .quorumSize(1)
                .downAfterMilliseconds(500L)
                .failOverTimeout(3000L)
                .build();
        sentinel.start();
        await().atMost(PATIENCE).until(() -> info(RedisURI.create(LOOPBACK, port), "slaves=1"));
        store = store(RedisURI.create(LOOPBACK, port));
    }

    /** The Sentinel knows a user who can do nothing but ask for the master. */
    private static StoreAddress store(RedisURI sentinel) {
        List<String> rights = List.of(RIGHTS.split(" ", -1));
        CommandArgs<String, String> line =
                new CommandArgs<>(StringCodec.UTF8).add("SETUSER").add("shop").addValues(rights);
        with(sentinel, commands -> commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), line));
        RedisURI user =
                RedisURI.builder(sentinel).withAuthentication("shop", "secret").build();
        RedisURI master = RedisURI.builder()
                .withSentinelMasterId("store")
                .withSentinel(user)
                .build();
        return new StoreAddress(List.of(master), false, null);
    }

    private static RedisServer server(int port, String setting) throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind(LOOPBACK)
                .setting("save \"\"")
                .setting(setting)
                .build();
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean info(RedisURI uri, String text) {
        return with(uri, commands -> commands.info().contains(text));
    }

    private static <T> T with(RedisURI uri, Function<RedisCommands<String, String>, T> action) {
        RedisClient client = RedisClient.create(uri);
        try {
            return action.apply(client.connect().sync());
        } finally {
            client.shutdown(0, 0, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stop() throws IOException {
        sentinel.stop();
        replica.stop();
        master.stop();
    }

    @Test
    void agreesAgainWhenTheReplicaHasTakenOver() throws Exception {
        MasterLoss.isSurvived(store, master::stop);
    }
}
