package dev.resilience.spring.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What {@code spring.data.redis} says of where the application's own Redis is, read without Spring Data. Names no class of Lettuce, so that a
 * native image can be told of it without.
 */
record DataRedis(
        @Nullable String url,
        @Nullable String host,
        @DefaultValue("6379") int port,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("0") int database,
        @DefaultValue Ssl ssl,
        @Nullable Cluster cluster,
        @Nullable Sentinel sentinel) {

    /** The first elements of these keys. */
    static final String ROOT = "spring.data.redis";

    record Ssl(@Nullable Boolean enabled, @Nullable String bundle) {

        boolean isEnabled() {
            return enabled == null ? bundle != null : enabled;
        }
    }

    record Cluster(@DefaultValue List<String> nodes) {}

    record Sentinel(
            @Nullable String master,
            @DefaultValue List<String> nodes,
            @Nullable String username,
            @Nullable String password) {

        /** Without what is secret. */
        @Override
        public String toString() {
            return ROOT + ".sentinel";
        }
    }

    static DataRedis of(Environment environment) {
        return Binder.get(environment).bindOrCreate(ROOT, DataRedis.class);
    }

    boolean saysWhere() {
        return url != null || host != null || cluster != null || sentinel != null;
    }

    /** Returns the name of the SSL bundle that it is reached with, if any. */
    @Nullable
    String bundle() {
        return ssl.isEnabled() && StringUtils.hasText(ssl.bundle()) ? ssl.bundle() : null;
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return ROOT;
    }
}
