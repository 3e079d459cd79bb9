package dev.resilience.spring.shared;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What a client of one server and one of a cluster have in common. */
sealed interface LettuceClient {

    /** A connection and the commands that go over it. */
    record Commands(StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> async) {}

    /** Has connections made as these options say, from the next one on. */
    void use(ClientOptions options);

    CompletionStage<Commands> connect();

    CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectForMessages();

    /** Ends the client with all its connections. */
    CompletionStage<Void> shutdown();

    /** One server, or a master that Sentinels name. */
    record OfServer(RedisClient client, RedisURI uri) implements LettuceClient {

        @Override
        public void use(ClientOptions options) {
            client.setOptions(options);
        }

        @Override
        public CompletionStage<Commands> connect() {
            return client.connectAsync(StringCodec.UTF8, uri)
                    .thenApply(connection -> new Commands(connection, connection.async()));
        }

        @Override
        public CompletionStage<StatefulRedisPubSubConnection<String, String>> connectForMessages() {
            return client.connectPubSubAsync(StringCodec.UTF8, uri);
        }

        @Override
        public CompletionStage<Void> shutdown() {
            return client.shutdownAsync(0, 0, TimeUnit.SECONDS);
        }
    }

    /**
     * A cluster; its layout is asked for with each new connection, since it may be why the last one was lost. Newer versions of the library also
     * ask for it where a server says that a slot has moved.
     */
    record OfCluster(RedisClusterClient client) implements LettuceClient {

        @Override
        public void use(ClientOptions options) {
            client.setOptions(ClusterClientOptions.builder(options)
                    .topologyRefreshOptions(ClusterTopologyRefreshOptions.create())
                    .build());
        }

        @Override
        public CompletionStage<Commands> connect() {
            return client.refreshPartitionsAsync()
                    .thenCompose(refreshed -> client.connectAsync(StringCodec.UTF8))
                    .thenApply(connection -> new Commands(connection, connection.async()));
        }

        @Override
        public CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectForMessages() {
            return client.connectPubSubAsync(StringCodec.UTF8);
        }

        @Override
        public CompletionStage<Void> shutdown() {
            return client.shutdownAsync(0, 0, TimeUnit.SECONDS);
        }
    }
}
