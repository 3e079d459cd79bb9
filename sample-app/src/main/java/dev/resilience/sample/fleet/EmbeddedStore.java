package dev.resilience.sample.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import redis.embedded.RedisServer;

/**
 * The store of the fleet, for trying it out: the first shop starts one unless one is running, and the others find it. It ends with the
 * shop that started it. A store elsewhere, or one with a password, is somebody's own: then nothing is started.
 */
@Component
@Profile("fleet")
class EmbeddedStore implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final int PATIENCE = (int) Duration.ofSeconds(1).toMillis();

    private static final Pattern LOCAL = Pattern.compile("redis://(127\\.0\\.0\\.1|localhost):(\\d{1,5})");

    /** None where the store is somebody's own. */
    private final OptionalInt port;

    private @Nullable RedisServer server;

    EmbeddedStore(@Value("${resilience.shared.uri}") String address) {
        Matcher local = LOCAL.matcher(address);
        this.port = local.matches() ? OptionalInt.of(Integer.parseInt(local.group(2))) : OptionalInt.empty();
    }

    @Override
    public void start() {
        if (port.isPresent() && !isThere(port.getAsInt())) {
            start(port.getAsInt());
        }
    }

    private void start(int free) {
        try {
            RedisServer made = RedisServer.newRedisServer()
                    .port(free)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            made.start();
            server = made;
            LOG.info("Started a store for the fleet at port {}", free);
        } catch (IOException failed) {
            LOG.warn("No store at port {}, and none could be started: every shop decides for itself", free, failed);
        }
    }

    private static boolean isThere(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    @Override
    public void stop() {
        RedisServer mine = server;
        server = null;
        if (mine != null) {
            try {
                mine.stop();
            } catch (IOException failed) {
                LOG.warn("The fleet's store could not be stopped", failed);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }
}
