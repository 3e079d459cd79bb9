package dev.resilience.spring.autoconfigure;

import dev.resilience.spring.shared.MemberSettings;
import dev.resilience.spring.shared.Quorum;
import dev.resilience.spring.shared.SharedMode;
import dev.resilience.spring.shared.StoreAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of a fleet whose breakers agree over Redis or Valkey.
 *
 * @param enabled Whether breakers agree with those of other processes.
 * @param uri Address of the store: a server, the Sentinels of one, or nodes of a cluster; none: that of spring.data.redis.
 * @param cluster Whether the address names nodes of a cluster.
 * @param sslBundle Name of an SSL bundle with keys and trust for TLS; none: what the Java platform trusts.
 * @param mode How breakers agree, unless their entry says otherwise: shared-state, shared-window or off.
 * @param namespace Processes of one namespace share their breakers; none: spring.application.name.
 * @param nodeId Name of this process, never used by another; none: the host's name and a random part.
 * @param quorum Nodes that must stand open before the fleet opens, or percent of those that are alive.
 * @param quorumMax Most nodes that it takes.
 * @param voteTtl How long a node counts that stood open.
 * @param flushInterval How often a node whose calls come near a limit tells the fleet what it counted, in shared-window.
 * @param flushBudget Deltas a second that the nodes of a fleet tell together while they are well, in shared-window.
 * @param pollInterval How often changes are read where messages tell of them, too.
 * @param pollIntervalAlone How often changes are read where no message does.
 * @param pubSub Whether messages tell of changes.
 * @param commandTimeout Time without an answer after which the store counts as away.
 * @param connectTimeout Longest time that a connection may take.
 * @param reconnectFirst Longest wait before the first attempt to connect again; it doubles from one attempt to the next.
 * @param reconnectLongest Longest wait of all before an attempt to connect again.
 * @param rejoinJitter Time over which the nodes of a fleet come back to a store that was away.
 * @param leaseStart How long a probe that the fleet left to this node waits for a call.
 * @param takeover Time after which a node makes the probes that no other one claims.
 * @param stateTtl How long the store keeps a state that no node reads.
 * @param maxBreakers Most breakers of a process that are shared; further ones stay local.
 */
@ConfigurationProperties("resilience.shared")
record SharedProperties(
        @Allowed("true or false") @DefaultValue("false") boolean enabled,

        @Allowed(StoreAddress.RULE) @Nullable String uri,

        @Allowed("true or false") @DefaultValue("false") boolean cluster,

        @Allowed("a name under spring.ssl.bundle") @Nullable String sslBundle,

        @Allowed("shared-state, shared-window or off") @DefaultValue("shared-state")
        SharedMode mode,

        @Allowed("1 to 64 of A-Z a-z 0-9 . _ -") @Nullable String namespace,

        @Allowed("1 to 64 printable ASCII characters without blanks") @Nullable
        String nodeId,

        @Allowed(Quorum.RULE) @DefaultValue("20%") String quorum,

        @Allowed("at least 1") @DefaultValue("10") int quorumMax,

        @Allowed("10s to 5m") @DefaultValue("30s") Duration voteTtl,

        @Allowed("10ms to 1m") @DefaultValue("500ms") Duration flushInterval,

        @Allowed("at least 1") @DefaultValue("25000") int flushBudget,

        @Allowed("100ms to 1h") @DefaultValue("10s") Duration pollInterval,

        @Allowed("100ms to 1h") @DefaultValue("2s") Duration pollIntervalAlone,

        @Allowed("true or false") @DefaultValue("true") boolean pubSub,

        @Allowed("10ms to 1m") @DefaultValue("250ms") Duration commandTimeout,

        @Allowed("10ms to 1m") @DefaultValue("2s") Duration connectTimeout,

        @Allowed("10ms to 1h") @DefaultValue("1s") Duration reconnectFirst,

        @Allowed("10ms to 1h") @DefaultValue("30s") Duration reconnectLongest,

        @Allowed("0s to 30s") @DefaultValue("5s") Duration rejoinJitter,

        @Allowed("100ms to 1m") @DefaultValue("2s") Duration leaseStart,

        @Allowed("0s to 10m") @DefaultValue("1s") Duration takeover,

        @Allowed("1m to 30d") @DefaultValue("24h") Duration stateTtl,

        @Allowed("at least 1") @DefaultValue("2000") int maxBreakers) {

    SharedProperties {
        within("vote-ttl", voteTtl, Duration.ofSeconds(10), Duration.ofMinutes(5), "10s to 5m");
        within("flush-interval", flushInterval, Duration.ofMillis(10), Duration.ofMinutes(1), "10ms to 1m");
        require(flushBudget >= 1, "flush-budget", flushBudget, "at least 1");
        within("poll-interval", pollInterval, Duration.ofMillis(100), Duration.ofHours(1), "100ms to 1h");
        within("poll-interval-alone", pollIntervalAlone, Duration.ofMillis(100), Duration.ofHours(1), "100ms to 1h");
        within("command-timeout", commandTimeout, Duration.ofMillis(10), Duration.ofMinutes(1), "10ms to 1m");
        within("connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofMinutes(1), "10ms to 1m");
        within("reconnect-first", reconnectFirst, Duration.ofMillis(10), Duration.ofHours(1), "10ms to 1h");
        within("reconnect-longest", reconnectLongest, Duration.ofMillis(10), Duration.ofHours(1), "10ms to 1h");
        within("rejoin-jitter", rejoinJitter, Duration.ZERO, Duration.ofSeconds(30), "0s to 30s");
        within("lease-start", leaseStart, Duration.ofMillis(100), Duration.ofMinutes(1), "100ms to 1m");
        within("takeover", takeover, Duration.ZERO, Duration.ofMinutes(10), "0s to 10m");
        within("state-ttl", stateTtl, Duration.ofMinutes(1), Duration.ofDays(30), "1m to 30d");
        require(
                reconnectFirst.compareTo(reconnectLongest) <= 0,
                "reconnect-first",
                reconnectFirst,
                "at most reconnect-longest (" + reconnectLongest + ")");
        require(quorumMax >= 1, "quorum-max", quorumMax, "at least 1");
        require(maxBreakers >= 1, "max-breakers", maxBreakers, "at least 1");
    }

    private static void within(String key, Duration value, Duration least, Duration most, String range) {
        require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, key, value, range);
    }

    private static void require(boolean valid, String key, Object value, String range) {
        if (!valid) {
            throw new InvalidConfigurationPropertyValueException("resilience.shared." + key, value, "must be " + range);
        }
    }

    MemberSettings settings() {
        return new MemberSettings(
                quorumMax,
                voteTtl,
                flushInterval,
                flushBudget,
                pollInterval,
                pollIntervalAlone,
                reconnectFirst,
                reconnectLongest,
                rejoinJitter,
                leaseStart,
                takeover,
                stateTtl,
                commandTimeout,
                connectTimeout,
                pubSub,
                maxBreakers);
    }
}
