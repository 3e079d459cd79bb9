package dev.resilience.spring.shared;

import dev.resilience.Ticker;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import java.util.List;
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
    private final LettuceClient client;
    private final boolean isCluster;

    LettuceConnector(StoreAddress address, StoreSettings settings, Scripts scripts, Ticker ticker) {
        this.settings = settings;
        this.scripts = scripts;
        this.ticker = ticker;
        this.isCluster = address.isCluster();
        this.resources = DefaultClientResources.builder()
                .eventLoopGroupProvider(threads)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        this.client = client(address);
    }

    private LettuceClient client(StoreAddress address) {
        // Copies: each carries the time that a handshake may take, and the name that CLIENT LIST shows.
        List<RedisURI> uris = address.uris().stream()
                .map(each -> RedisURI.builder(each)
                        .withTimeout(settings.connectTimeout())
                        .withClientName(settings.node())
                        .build())
                .toList();
        ClientOptions options = options(address);
        if (address.isCluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, uris);
            cluster.setOptions(ClusterClientOptions.builder(options).build());
            return new LettuceClient.OfCluster(cluster);
        }
        RedisClient server = RedisClient.create(resources);
        server.setOptions(options);
        return new LettuceClient.OfServer(server, new StoreAddress(uris, false, address.ssl()));
    }

    private ClientOptions options(StoreAddress address) {
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
        if (address.ssl() != null) {
            options.sslOptions(address.ssl());
        }
        return options.build();
    }

    @Override
    public CompletionStage<StoreConnection> connect(StoreListener listener) {
        return client.connect().thenCompose(commands -> {
            StoreClock clock = new StoreClock(ticker);
            LettuceStore store = new LettuceStore(commands.async(), settings, scripts, clock, isCluster);
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
