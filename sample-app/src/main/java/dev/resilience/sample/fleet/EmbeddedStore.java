package dev.resilience.sample.fleet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
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
 * shop that started it.
 */
@Component
@Profile("fleet")
class EmbeddedStore implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final int PATIENCE = (int) Duration.ofSeconds(1).toMillis();

    private final URI address;
    private @Nullable RedisServer server;

    EmbeddedStore(@Value("${resilience.shared.uri}") URI address) {
        this.address = address;
    }

    @Override
    public void start() {
        if (isThere()) {
            return;
        }
        try {
            RedisServer made = RedisServer.newRedisServer()
                    .port(address.getPort())
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            made.start();
            server = made;
            LOG.info("Started a store for the fleet at {}", address);
        } catch (IOException failed) {
            LOG.warn("No store at {}, and none could be started: every shop decides for itself", address, failed);
        }
    }

    private boolean isThere() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE);
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
                LOG.warn("The store at {} could not be stopped", address, failed);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }
}
