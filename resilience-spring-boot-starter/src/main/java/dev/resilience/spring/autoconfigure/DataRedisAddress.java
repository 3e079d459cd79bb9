package dev.resilience.spring.autoconfigure;

import dev.resilience.InvalidSettingException;
import dev.resilience.spring.shared.StoreAddress;
import io.lettuce.core.RedisURI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Where the application's own Redis is, as the client of the fleet takes it. */
final class DataRedisAddress {

    private static final Pattern NODE = Pattern.compile("(\\[[^\\]@/]+]|[^:@/\\s]+):(\\d{1,5})");
    private static final int LARGEST_PORT = 65535;

    private final DataRedis redis;

    DataRedisAddress(DataRedis redis) {
        this.redis = redis;
    }

    /**
     * Returns the address; of several ways in which it is told, the one that Spring Data would take.
     *
     * @throws InvalidSettingException if that makes no sense; names the key as it is under {@link DataRedis#ROOT}, and no value
     */
    StoreAddress get() {
        RedisURI server = server();
        if (redis.sentinel() != null) {
            return new StoreAddress(List.of(master(redis.sentinel(), server)), false, null);
        }
        if (redis.cluster() != null) {
            List<RedisURI> nodes = nodes("cluster.nodes", redis.cluster().nodes()).stream()
                    .map(node -> node.withAuthentication(server).withSsl(server).build())
                    .toList();
            return new StoreAddress(nodes, true, null);
        }
        return new StoreAddress(List.of(server), false, null);
    }

    /** The one server; where there is none, what its credentials and its TLS would be are those of every node. */
    private RedisURI server() {
        RedisURI server = redis.url() == null ? named() : parsed(redis.url());
        if (redis.ssl().isEnabled()) {
            server.setSsl(true);
        }
        return server;
    }

    private static RedisURI parsed(String url) {
        try {
            return StoreAddress.of(url).uris().get(0);
        } catch (IllegalArgumentException unreadable) {
            throw invalid("url", "must be " + StoreAddress.RULE);
        }
    }

    private RedisURI named() {
        require(isPort(redis.port()), "port", "must be 1 to 65535");
        require(redis.database() >= 0, "database", "must be at least 0");
        RedisURI.Builder server = RedisURI.builder()
                .withHost(Objects.requireNonNullElse(redis.host(), "localhost"))
                .withPort(redis.port())
                .withDatabase(redis.database());
        authenticate(server, redis.username(), redis.password());
        return server.build();
    }

    private static RedisURI master(DataRedis.Sentinel sentinel, RedisURI server) {
        String name = sentinel.master();
        if (!StringUtils.hasText(name)) {
            throw invalid("sentinel.master", "must be the name under which the Sentinels watch the store");
        }
        RedisURI.Builder master = RedisURI.builder()
                .withSentinelMasterId(name)
                .withAuthentication(server)
                .withDatabase(server.getDatabase());
        for (RedisURI.Builder node : nodes("sentinel.nodes", sentinel.nodes())) {
            authenticate(node, sentinel.username(), sentinel.password());
            master.withSentinel(node.build());
        }
        return master.withSsl(server).build();
    }

    private static List<RedisURI.Builder> nodes(String key, List<String> nodes) {
        require(!nodes.isEmpty(), key, "must name at least one node as host:port");
        return nodes.stream().map(each -> node(key, each.trim())).toList();
    }

    private static RedisURI.Builder node(String key, String text) {
        Matcher node = NODE.matcher(text);
        require(node.matches() && isPort(Integer.parseInt(node.group(2))), key, "must name each node as host:port");
        return RedisURI.Builder.redis(node.group(1), Integer.parseInt(node.group(2)));
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= LARGEST_PORT;
    }

    private static void authenticate(RedisURI.Builder uri, @Nullable String user, @Nullable String password) {
        if (StringUtils.hasLength(password)) {
            if (StringUtils.hasText(user)) {
                uri.withAuthentication(user, password);
            } else {
                uri.withPassword(password.toCharArray());
            }
        }
    }

    private static void require(boolean valid, String key, String rule) {
        if (!valid) {
            throw invalid(key, rule);
        }
    }

    private static InvalidSettingException invalid(String key, String rule) {
        return new InvalidSettingException(key, "not shown", rule);
    }
}
