package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.Transition;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches nodes and their store while something happens to them: what has to hold at every moment. */
final class FleetWatch implements AutoCloseable {

    /** Reads in one go what changes together: probes under way, done, and how many there may be. */
    private static final String PROBES = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local round = redis.call('HMGET', KEYS[1], 's', 'pd', 'pt')
            if round[1] ~= 'HALF_OPEN' then
              return {0, 0, 0}
            end
            return {redis.call('ZCOUNT', KEYS[2], '(' .. string.format('%.0f', now), '+inf'), tonumber(round[2]), tonumber(round[3])}
            """;

    private final Map<Long, String> states = new HashMap<>();
    private final Map<Node, Long> epochs = new HashMap<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final RedisClient client;
    private final String[] keys;
    private @Nullable StatefulRedisConnection<String, String> connection;

    FleetWatch(String uri, String namespace) {
        RedisURI watched = RedisURI.create(uri);
        watched.setTimeout(Duration.ofMillis(500));
        client = RedisClient.create(watched);
        String[] all = new StoreKeys(namespace).of(StoreFixture.BREAKER);
        keys = new String[] {all[0], all[2]};
        var unused = thread.scheduleWithFixedDelay(this::countProbes, 0, 2, TimeUnit.MILLISECONDS);
    }

    Node over(Node node) {
        node.watcher = this::heard;
        return node;
    }

    /**
     * A node has moved: what it took over from its fleet must be of one piece, and later than what it had. Two moves may be heard at
     * once, and in either order: what a node has moved on from is looked at when that is heard.
     */
    private synchronized void heard(Node node, Transition transition) {
        BreakerSnapshot seen = node.breaker.snapshot();
        if (transition.node() == null || transition.generation() != seen.generation()) {
            return;
        }
        long epoch = seen.epoch();
        String state = transition.to() + " by " + transition.node();
        String first = states.putIfAbsent(epoch, state);
        if (epoch > 0 && first != null && !first.equals(state)) {
            broken.add("Epoch %d is %s and %s".formatted(epoch, first, state));
        }
        Long before = epochs.put(node, epoch);
        if (before != null && epoch > 0 && epoch < before) {
            broken.add("After epoch %d came %d".formatted(before, epoch));
        }
    }

    private void countProbes() {
        try {
            StatefulRedisConnection<String, String> now = connection;
            if (now == null || !now.isOpen()) {
                now = client.connect();
                connection = now;
            }
            List<Long> probes = now.sync().eval(PROBES, ScriptOutputType.MULTI, keys);
            if (probes.get(0) + probes.get(1) > probes.get(2)) {
                broken.add("%s probes under way and %s done of %s".formatted(probes.toArray()));
            }
        } catch (RedisException away) {
            // nothing to see while the server is away
        }
    }

    void foundNothing() {
        assertThat(broken).isEmpty();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        client.shutdown(0, 0, TimeUnit.SECONDS);
    }
}
