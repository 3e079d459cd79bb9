package dev.resilience.spring.shared;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is and how it is reached.
 *
 * @param uris one server, one URI that names Sentinels, or some nodes of a cluster; {@code rediss} for TLS
 * @param isCluster whether it is a cluster
 * @param ssl keys and trust of the application's own, null for those of the Java platform
 */
record StoreAddress(
        List<RedisURI> uris, boolean isCluster, @Nullable SslOptions ssl) {

    StoreAddress {
        uris = List.copyOf(uris);
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("Invalid uris (none): must name a server");
        }
    }
}
