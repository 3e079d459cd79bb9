package dev.resilience.spring.autoconfigure;

import dev.resilience.InvalidSettingException;
import dev.resilience.spring.shared.StoreAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Where the configuration says that the store of the fleet is: {@code resilience.shared}, or else {@code spring.data.redis}. */
final class ConfiguredStore {

    private static final String OWN = "resilience.shared";
    private static final String BUNDLE = "ssl-bundle";

    private final SharedProperties properties;
    private final Environment environment;
    private final @Nullable SslBundles bundles;

    ConfiguredStore(SharedProperties properties, Environment environment, @Nullable SslBundles bundles) {
        this.properties = properties;
        this.environment = environment;
        this.bundles = bundles;
    }

    /** @throws InvalidConfigurationException if it does not say enough, or what makes no sense; shows no address, as that may hold a password */
    StoreAddress address() {
        String bundle = properties.sslBundle();
        String uri = properties.uri();
        if (uri != null) {
            return secured(own(uri), OWN, BUNDLE, bundle);
        }
        DataRedis redis = ofTheApplication();
        StoreAddress address = addressOf(redis);
        return bundle != null
                ? secured(address, OWN, BUNDLE, bundle)
                : secured(address, DataRedis.ROOT, "ssl.bundle", redis.bundle());
    }

    private StoreAddress own(String uri) {
        try {
            return properties.cluster() ? StoreAddress.ofCluster(uri) : StoreAddress.of(uri);
        } catch (IllegalArgumentException unreadable) {
            throw problem(
                    OWN,
                    "uri",
                    null,
                    "must be " + (properties.cluster() ? StoreAddress.CLUSTER_RULE : StoreAddress.RULE));
        }
    }

    private DataRedis ofTheApplication() {
        if (properties.cluster()) {
            throw problem(
                    OWN,
                    "cluster",
                    "true",
                    "says of what kind resilience.shared.uri is, and there is none; spring.data.redis.cluster.nodes needs no such key");
        }
        DataRedis redis = DataRedis.of(environment);
        if (!redis.saysWhere()) {
            throw problem(
                    OWN,
                    "uri",
                    null,
                    "must say where the store is, as redis://host:port, where spring.data.redis has no url, host, cluster.nodes or sentinel");
        }
        return redis;
    }

    private StoreAddress addressOf(DataRedis redis) {
        try {
            return new DataRedisAddress(redis).get();
        } catch (InvalidSettingException invalid) {
            throw problem(DataRedis.ROOT, invalid.setting(), null, invalid.rule());
        }
    }

    private StoreAddress secured(StoreAddress address, String root, String key, @Nullable String bundle) {
        if (bundle == null) {
            return address;
        }
        if (bundles == null) {
            throw problem(root, key, bundle, "needs the SSL bundles of Spring Boot, and this application has none");
        }
        BundledSsl ssl = new BundledSsl(bundles, bundle);
        check(ssl, root, key);
        return address.withSsl(ssl);
    }

    /** Now rather than with the first connection, which nobody would wait for. */
    private void check(BundledSsl ssl, String root, String key) {
        try {
            Objects.requireNonNull(ssl.get());
        } catch (NoSuchSslBundleException unknown) {
            List<String> known = ssl.bundles().getBundleNames();
            String rule = known.isEmpty() ? "there is none" : "there are " + String.join(", ", known);
            throw problem(root, key, ssl.name(), "must name a bundle under spring.ssl.bundle; " + rule);
        } catch (RuntimeException unreadable) {
            // not the message, which may show what was written in place of a file
            String cause = NestedExceptionUtils.getMostSpecificCause(unreadable)
                    .getClass()
                    .getSimpleName();
            InvalidConfigurationException problem = problem(
                    root, key, ssl.name(), "must name a bundle whose keys and certificates can be read: " + cause);
            problem.initCause(unreadable);
            throw problem;
        }
    }

    private InvalidConfigurationException problem(String root, String key, @Nullable String value, String reason) {
        String property = root + "." + key;
        return new InvalidConfigurationException(
                root.equals(OWN) ? KnownKeys.ROOT : root,
                List.of(new Problem(property, value, origin(property), reason)));
    }

    private @Nullable Origin origin(String property) {
        ConfigurationPropertyName single = ConfigurationPropertyName.of(property);
        for (ConfigurationPropertyName name : List.of(single, single.append("[0]"))) {
            for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
                ConfigurationProperty found = source.getConfigurationProperty(name);
                if (found != null) {
                    return found.getOrigin();
                }
            }
        }
        return null;
    }
}
