package dev.resilience.benchmarks.fleet;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A redis-server of this measurement's own, which can be made to hang. */
final class Store implements AutoCloseable {

    private static final int PORT = 16_399;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process server;
    private final RedisClient client = RedisClient.create(uri());
    private final StatefulRedisConnection<String, String> connection;

    Store() throws IOException, InterruptedException {
        server = new ProcessBuilder("redis-server", "--port", String.valueOf(PORT), "--bind", "127.0.0.1", "--save", "")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        connection = connected();
    }

    static String uri() {
        return "redis://127.0.0.1:" + PORT;
    }

    private StatefulRedisConnection<String, String> connected() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return client.connect();
            } catch (RedisConnectionException early) {
                if (System.nanoTime() - end > 0) {
                    server.destroyForcibly();
                    throw early;
                }
                Thread.sleep(50);
            }
        }
    }

    /** What the server has counted so far. */
    record Counts(double commands, double bytesIn, double bytesOut, double cpuSeconds) {

        Counts minus(Counts earlier) {
            return new Counts(
                    commands - earlier.commands,
                    bytesIn - earlier.bytesIn,
                    bytesOut - earlier.bytesOut,
                    cpuSeconds - earlier.cpuSeconds);
        }
    }

    Counts counts() {
        Map<String, String> info = new HashMap<>();
        connection.sync().info().lines().filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            info.put(line.substring(0, colon), line.substring(colon + 1));
        });
        return new Counts(
                number(info, "total_commands_processed"),
                number(info, "total_net_input_bytes"),
                number(info, "total_net_output_bytes"),
                number(info, "used_cpu_user") + number(info, "used_cpu_sys"));
    }

    private static double number(Map<String, String> info, String field) {
        return Double.parseDouble(info.getOrDefault(field, "0"));
    }

    CommandCosts costs() {
        return new CommandCosts(this);
    }

    StatefulRedisConnection<String, String> connection() {
        return connection;
    }

    void hang() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(server.pid())).start().waitFor();
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        server.destroyForcibly().onExit().join();
    }
}
