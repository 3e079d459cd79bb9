package dev.resilience.spring.shared;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is and how it is reached.
 *
 * @param uris one server, one URI that names Sentinels, or some nodes of a cluster; {@code rediss} for TLS
 * @param isCluster whether it is a cluster
 * @param ssl keys and trust of the application's own, asked for with each new connection so that renewed ones are used; null for those of
 *     the Java platform
 */
public record StoreAddress(
        List<RedisURI> uris, boolean isCluster, @Nullable Supplier<SslOptions> ssl) {

    /** What a text must be that is an address. */
    public static final String RULE =
            "redis://host:port, rediss://host:port for TLS, or redis-sentinel://host:port,host:port?sentinelMasterId=name";

    /** What a text must be that is the address of a cluster. */
    public static final String CLUSTER_RULE =
            "redis://host:port,host:port, or rediss://host:port,host:port for TLS, of one node of the cluster or several";

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]+]|[^:,\\[\\]]+)(?::(\\d{1,5}))?");

    /** Creates an address. */
    public StoreAddress {
        uris = List.copyOf(uris);
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("Invalid uris (none): must name a server");
        }
    }

    /**
     * Returns the address of one server, or of a master that Sentinels name.
     *
     * @param uri as {@link #RULE} has it
     * @throws IllegalArgumentException if it is none; does not show it, as it may hold a password
     */
    public static StoreAddress of(String uri) {
        RedisURI one = parsed(uri, RULE);
        if (one.getHost() != null) {
            separate(one);
        }
        return new StoreAddress(List.of(one), false, null);
    }

    /**
     * Returns the address of a cluster.
     *
     * @param uri as {@link #CLUSTER_RULE} has it
     * @throws IllegalArgumentException if it is none; does not show it, as it may hold a password
     */
    public static StoreAddress ofCluster(String uri) {
        if (parsed(uri, CLUSTER_RULE).getHost() == null) {
            throw unreadable(CLUSTER_RULE);
        }
        try {
            List<RedisURI> nodes = RedisClusterURIUtil.toRedisURIs(URI.create(uri));
            return new StoreAddress(nodes, true, null);
        } catch (IllegalArgumentException shown) {
            throw unreadable(CLUSTER_RULE);
        }
    }

    /** Parts host and port, which the library leaves together where the name is none of the Internet's: {@code my_store:6379}. */
    private static void separate(RedisURI uri) {
        Matcher together = HOST_AND_PORT.matcher(uri.getHost());
        if (!together.matches()) {
            throw unreadable(RULE);
        }
        uri.setHost(together.group(1));
        if (together.group(2) != null) {
            uri.setPort(Integer.parseInt(together.group(2)));
        }
    }

    private static RedisURI parsed(String uri, String rule) {
        try {
            return RedisURI.create(URI.create(uri));
        } catch (IllegalArgumentException | IllegalStateException shown) {
            throw unreadable(rule);
        }
    }

    /** Without a cause, since the messages of those that parse show what they parse. */
    private static IllegalArgumentException unreadable(String rule) {
        return new IllegalArgumentException("Invalid address of a store (not shown): must be " + rule);
    }

    /** Returns this address with keys and trust of the application's own; it is reached by TLS then, whatever it said before. */
    public StoreAddress withSsl(Supplier<SslOptions> own) {
        List<RedisURI> encrypted =
                uris.stream().map(each -> copy(each).withSsl(true).build()).toList();
        return new StoreAddress(encrypted, isCluster, own);
    }

    boolean isEncrypted() {
        return uris.get(0).isSsl();
    }

    /** Returns a builder of the same URI: the library's own leaves the Sentinels out. */
    static RedisURI.Builder copy(RedisURI uri) {
        RedisURI.Builder copy = RedisURI.builder(uri);
        uri.getSentinels()
                .forEach(each -> copy.withSentinel(RedisURI.builder(each).build()));
        if (uri.getSentinelMasterId() != null) {
            copy.withSentinelMasterId(uri.getSentinelMasterId());
        }
        return copy;
    }
}
