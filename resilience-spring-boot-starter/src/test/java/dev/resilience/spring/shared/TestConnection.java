package dev.resilience.spring.shared;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.util.List;

/**
 * A connection of the tests to their store, which they share until the JVM ends.
 *
 * @param sync finds the server of a key by itself
 * @param async the same
 * @param servers each server of a cluster, or the only one
 */
record TestConnection(
        RedisClusterCommands<String, String> sync,
        RedisClusterAsyncCommands<String, String> async,
        List<RedisClusterCommands<String, String>> servers) {

    /** As nodes may use the store. */
    static final TestConnection OF_NODES = to(TestRedis.address());

    /** As tests may use it behind the nodes' backs. */
    static final TestConnection OF_ADMIN = to(TestRedis.admin());

    private static TestConnection to(StoreAddress address) {
        if (!address.isCluster()) {
            StatefulRedisConnection<String, String> server =
                    RedisClient.create(address.uris().get(0)).connect();
            return new TestConnection(server.sync(), server.async(), List.of(server.sync()));
        }
        StatefulRedisClusterConnection<String, String> cluster =
                RedisClusterClient.create(address.uris()).connect();
        List<RedisClusterCommands<String, String>> servers = cluster.getPartitions().stream()
                .<RedisClusterCommands<String, String>>map(
                        each -> cluster.getConnection(each.getNodeId()).sync())
                .toList();
        return new TestConnection(cluster.sync(), cluster.async(), servers);
    }
}
