package dev.resilience.spring.shared;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/**
 * The server of the tests: that of {@code -Dredis.uri=redis://...}, or one that is started for all of them and ends with the JVM.
 */
final class TestRedis {

    private static final RedisURI URI = started();

    private TestRedis() {}

    static RedisURI uri() {
        return URI;
    }

    private static RedisURI started() {
        String given = System.getProperty("redis.uri");
        return given != null ? RedisURI.create(given) : RedisURI.create("redis://127.0.0.1:" + start());
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
