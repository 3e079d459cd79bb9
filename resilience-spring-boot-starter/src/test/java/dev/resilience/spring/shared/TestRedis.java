package dev.resilience.spring.shared;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/**
 * The store of the tests: that of {@code -Dredis.uri=redis://...}, of a cluster with {@code -Dredis.cluster=true}, or a server that is started
 * for all of them and ends with the JVM. {@code -Dredis.admin=redis://...} names its user who may do all that tests do behind the nodes' backs,
 * where the first one is held to what nodes may.
 */
public final class TestRedis {

    private static final boolean CLUSTER = Boolean.getBoolean("redis.cluster");
    private static final String URI = started();

    private TestRedis() {}

    /** Returns where nodes find the store. */
    static StoreAddress address() {
        return address(URI);
    }

    /** Returns the same for those who may do everything. */
    static StoreAddress admin() {
        return address(System.getProperty("redis.admin", URI));
    }

    private static StoreAddress address(String uri) {
        return CLUSTER ? StoreAddress.ofCluster(uri) : StoreAddress.of(uri);
    }

    public static RedisURI uri() {
        return address().uris().get(0);
    }

    private static String started() {
        String given = System.getProperty("redis.uri");
        return given != null ? given : "redis://127.0.0.1:" + start();
    }

    private static int start() {
        try {
            int port = freePort();
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "redis-end"));
            return port;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void stop(RedisServer server) {
        try {
            server.stop();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
