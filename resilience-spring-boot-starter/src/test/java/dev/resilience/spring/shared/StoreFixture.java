package dev.resilience.spring.shared;

import dev.resilience.Ticker;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerState;
import dev.resilience.spring.shared.StoreAnswer.Status;
import dev.resilience.spring.shared.StoreCommand.Interval;
import dev.resilience.spring.shared.StoreCommand.Round;
import dev.resilience.spring.shared.StoreCommand.Word;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A store with a clock that stands until it is moved, a namespace of its own, and as many nodes as a test names. */
final class StoreFixture implements AutoCloseable {

    static final String BREAKER = "payments";
    static final Interval INTERVAL = new Interval(Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 0, 500_000);
    static final Round ROUND = new Round(5, 500, 0, Duration.ZERO);
    static final StoreCommand RELEASE = new StoreCommand.Release(Word.NOBODYS);
    static final StoreCommand RESET = new StoreCommand.Reset(Word.NOBODYS);
    static final Duration TAKEOVER = Duration.ofSeconds(1);

    final String namespace = "t" + Long.toHexString(System.nanoTime());
    final StoreKeys keys = new StoreKeys(namespace);
    final RedisClusterCommands<String, String> redis = TestConnection.OF_ADMIN.sync();

    private final StoreClock clock = new StoreClock(Ticker.system());
    private final Map<String, FleetStore> nodes = new HashMap<>();
    private final Scripts scripts;
    private final String clockKey;
    private final String breaker;
    private long now;

    StoreFixture() {
        this(BREAKER);
    }

    StoreFixture(String breaker) {
        this.breaker = breaker;
        this.clockKey = keys.log(BreakerNames.shard(breaker)).replaceFirst("r$", "clock");
        this.scripts = new Scripts(this::withClock);
        at(1_000_000_000_000L);
    }

    /** Puts a key in the place of the scripts' only look at the clock. */
    private String withClock(String script) {
        String look = "redis.call('TIME')";
        if (script.indexOf(look) < 0 || script.indexOf(look) != script.lastIndexOf(look)) {
            throw new IllegalStateException("A script must look at the clock exactly once");
        }
        return script.replace(look, "redis.call('HMGET', '%s', 's', 'us')".formatted(clockKey));
    }

    void at(long millis) {
        now = millis;
        redis.hset(clockKey, Map.of("s", String.valueOf(millis / 1000), "us", String.valueOf(millis % 1000 * 1000)));
        clock.heard(millis);
    }

    void advance(long millis) {
        at(now + millis);
    }

    long now() {
        return now;
    }

    FleetStore node(String name) {
        return nodes.computeIfAbsent(
                name,
                node -> new LettuceStore(
                        TestConnection.OF_NODES.async(),
                        settings(namespace, node),
                        scripts,
                        clock,
                        TestRedis.address().isCluster()));
    }

    static StoreSettings settings(String namespace, String node) {
        return new StoreSettings(
                namespace,
                node,
                Duration.ofHours(24),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                true);
    }

    StoreAnswer act(String node, long epoch, StoreCommand command) {
        return answered(node(node).act(breaker, epoch, command));
    }

    Status status(String node, long epoch, StoreCommand command) {
        return act(node, epoch, command).status();
    }

    static <T> T answered(CompletionStage<T> answer) {
        return answer.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Forgets all that the store has of the breaker, as a flush would. */
    void flush() {
        redis.del(keys.of(breaker));
    }

    String stateKey() {
        return keys.of(breaker)[0];
    }

    /** Writes a state as nobody would who keeps to the protocol. */
    void write(Map<String, String> fields) {
        redis.del(stateKey());
        redis.hset(stateKey(), fields);
    }

    static StoreCommand.Force force(BreakerState to, String by, String why) {
        return new StoreCommand.Force(to, Duration.ZERO, ROUND, new Word(new Attribution(by, why)));
    }

    static StoreCommand open(int need) {
        return new StoreCommand.Open("FAILURE_RATE", need, Duration.ofSeconds(10), true, INTERVAL);
    }

    static StoreCommand claim(int want, long leaseMillis) {
        return new StoreCommand.Claim(want, Duration.ofMillis(leaseMillis), ROUND, TAKEOVER);
    }

    static StoreCommand result(String lease, StoreCommand.Probe outcome) {
        return new StoreCommand.Result(lease, outcome, false, INTERVAL);
    }

    /** Opens the breaker and goes on to the round of probes of which node A has the first lease. */
    StoreAnswer halfOpen() {
        long opened = act("A", 0, open(1)).epoch();
        advance(1000);
        return act("A", opened, claim(5, 1000));
    }

    @Override
    public void close() {
        flush();
        redis.del(clockKey, keys.nodes());
    }

    List<String> fields() {
        return redis.hkeys(stateKey());
    }
}
