package dev.resilience.spring.shared;

import dev.resilience.Ticker;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The way to a store by Lettuce, with a client of its own: what is right for an application's data, to wait for a server
 * that is away and to repeat what it missed, is wrong for us.
 */
final class LettuceConnector implements StoreConnector {

    private static final int QUEUE = 1000;
    private static final int IO_THREADS = 1;

    private final StoreSettings settings;
    private final Scripts scripts;
    private final Ticker ticker;
    private final DefaultEventLoopGroupProvider threads = new DefaultEventLoopGroupProvider(IO_THREADS);
    private final ClientResources resources;
    private final StoreAddress address;
    private final LettuceClient client;

    LettuceConnector(StoreAddress address, StoreSettings settings, Scripts scripts, Ticker ticker) {
        this.settings = settings;
        this.scripts = scripts;
        this.ticker = ticker;
        this.address = address;
        this.resources = DefaultClientResources.builder()
                .eventLoopGroupProvider(threads)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        this.client = client();
    }

    private LettuceClient client() {
        List<RedisURI> uris = address.uris().stream().map(this::named).toList();
        return address.isCluster()
                ? new LettuceClient.OfCluster(RedisClusterClient.create(resources, uris))
                : new LettuceClient.OfServer(RedisClient.create(resources), uris.get(0));
    }

    /** Returns a copy that carries the time that a handshake may take, and the name that CLIENT LIST shows. */
    private RedisURI named(RedisURI uri) {
        return StoreAddress.copy(uri)
                .withTimeout(settings.connectTimeout())
                .withClientName(settings.node())
                .build();
    }

    private ClientOptions options() {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE)
                .pingBeforeActivateConnection(true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()));
        if (MaintenanceNotices.areKnown()) {
            MaintenanceNotices.disable(options);
        }
        if (address.isEncrypted()) {
            options.sslOptions(ssl());
        }
        return options.build();
    }

    private SslOptions ssl() {
        SslOptions ssl =
                address.ssl() == null ? SslOptions.create() : address.ssl().get();
        return ssl.mutate().handshakeTimeout(settings.connectTimeout()).build();
    }

    @Override
    public CompletionStage<StoreConnection> connect(StoreListener listener) {
        try {
            client.use(options());
        } catch (RuntimeException unreadableKeys) {
            return CompletableFuture.failedStage(unreadableKeys);
        }
        return client.connect().thenCompose(commands -> {
            StoreClock clock = new StoreClock(ticker);
            LettuceStore store = new LettuceStore(commands.async(), settings, scripts, clock, address.isCluster());
            return new LettuceConnection(client, commands, store, clock, settings, listener).opened();
        });
    }

    @Override
    public void close() {
        long grace = settings.connectTimeout().toMillis();
        client.shutdown().whenComplete((ended, problem) -> {
            var unusedTimers = resources.shutdown(0, grace, TimeUnit.MILLISECONDS);
            var unusedThreads = threads.shutdown(0, grace, TimeUnit.MILLISECONDS);
        });
    }
}
