package dev.resilience.spring.shared;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.embedded.core.ExecutableProvider;

/** A server without a disk in a process of its own, to which a test does what happens to servers. */
final class RedisProcess implements AutoCloseable {

    /** Servers of a cluster listen to each other ten thousand ports above. */
    private static final int HIGHEST = 55_535;

    final int port;
    private final Path directory;
    private final List<String> options;
    private final RedisClient client;
    private final Thread end = new Thread(this::kill, "redis-process-end");
    private Process process;

    /** @param options more of the server's command line */
    RedisProcess(Path directory, String... options) {
        this.directory = directory;
        this.options = List.of(options);
        this.port = freePort();
        RedisURI uri = RedisURI.create("redis://127.0.0.1:" + port);
        uri.setTimeout(Duration.ofSeconds(10));
        this.client = RedisClient.create(uri);
        Runtime.getRuntime().addShutdownHook(end);
        this.process = started();
    }

    static int freePort() {
        int port;
        do {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        } while (port > HIGHEST);
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it again after it was killed, with nothing in it. */
    void start() {
        process = started();
    }

    private Process started() {
        List<String> line = new ArrayList<>(List.of(executable(), "--port", String.valueOf(port)));
        line.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        line.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
        line.addAll(options);
        try {
            Process started = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                try (var connection = client.connect()) {
                    return connection.sync().ping().equals("PONG");
                }
            });
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String executable() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Asks the server something over a connection for that alone. */
    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        try (var connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    /** Ends it as a power failure would. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Has it hang: its connections stay, and nothing is answered. */
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start();
            kill.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        kill();
        client.shutdown(0, 0, TimeUnit.SECONDS);
        Runtime.getRuntime().removeShutdownHook(end);
    }
}
