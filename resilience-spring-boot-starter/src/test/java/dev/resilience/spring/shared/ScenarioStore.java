package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import io.lettuce.core.Range;
import io.lettuce.core.RestoreArgs;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real server that has the time of a scenario, and to which the scenario does what happens to servers. */
final class ScenarioStore implements AutoCloseable {

    private static final long BEGINNING = 1_000_000_000_000L;
    private static final int STATE = 0;
    private static final int LEASES = 2;
    private static final int VOTES = 3;
    private static final String CLOCK = ":clock";

    final StoreFixture server = new StoreFixture();
    private final VirtualTime time;
    private final Map<String, String> states = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, byte[]> saved = new HashMap<>();
    private long jumped;

    ScenarioStore(VirtualTime time) {
        this.time = time;
    }

    FleetStore node(String name) {
        return server.node(name);
    }

    long now() {
        return BEGINNING + TimeUnit.NANOSECONDS.toMillis(time.nanos()) + jumped;
    }

    /** Has the scripts' clock show the time. */
    void setClock() {
        if (server.now() != now()) {
            server.at(now());
        }
    }

    void jump(long millis) {
        jumped += millis;
    }

    /** Loses everything, as a server does that is flushed or starts without data. */
    void flush() {
        keys().forEach(server.redis::del);
        epochs.clear();
    }

    private List<String> keys() {
        return server.redis.keys("rb1:{" + server.namespace + "*").stream()
                .filter(key -> !key.endsWith(CLOCK))
                .toList();
    }

    /** Remembers all data, as a replica does that hears no more. */
    void save() {
        saved.clear();
        keys().forEach(key -> saved.put(key, server.redis.dump(key)));
    }

    /** Has only the data that was saved, as if that replica were the master now. */
    void rollBack() {
        flush();
        saved.forEach((key, value) -> server.redis.restore(key, value, RestoreArgs.Builder.ttl(0)));
    }

    /** Loses a state alone, as when its time is over; the log remembers it. */
    void expire(String breaker) {
        server.redis.del(keys(breaker)[STATE]);
        epochs.remove(breaker);
    }

    void write(String breaker, Map<String, String> fields) {
        expire(breaker);
        server.redis.hset(keys(breaker)[STATE], fields);
    }

    void log(String breaker, long epoch) {
        server.redis.zadd(server.keys.log(BreakerNames.shard(breaker)), (double) epoch, breaker);
    }

    /** Puts something that is no log into the place of the log of a breaker's shard. */
    void spoilLog(String breaker) {
        server.redis.set(server.keys.log(BreakerNames.shard(breaker)), "junk");
    }

    private String[] keys(String breaker) {
        return server.keys.of(breaker);
    }

    /** Returns what is stored of a breaker, by the names of the scenarios. */
    Map<String, Object> seen(String breaker) {
        Map<String, String> fields = server.redis.hgetall(keys(breaker)[STATE]);
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("state", fields.getOrDefault(StateField.STATE, BreakerState.CLOSED.name()));
        seen.put("by", fields.getOrDefault(StateField.ORDERED_BY, ""));
        Map<String, String> numbers = Map.of(
                "epoch", StateField.EPOCH,
                "transitions", StateField.TRANSITIONS,
                "streak", StateField.STREAK,
                "places", StateField.PLACES,
                "done", StateField.DONE,
                "failed", StateField.FAILED);
        numbers.forEach((name, field) -> seen.put(name, number(fields.getOrDefault(field, "0"))));
        seen.put("votes", server.redis.zcard(keys(breaker)[VOTES]));
        seen.put("leases", live(breaker));
        seen.put("keys", (long) keys().size());
        return seen;
    }

    /** Returns -1 for what somebody wrote that is no number. */
    private static long number(String written) {
        return written.matches("\\d{1,16}") ? Long.parseLong(written) : -1;
    }

    private long live(String breaker) {
        return server.redis.zcount(
                keys(breaker)[LEASES], Range.from(Range.Boundary.excluding(now()), Range.Boundary.unbounded()));
    }

    Map<String, String> fields(String breaker) {
        return server.redis.hgetall(keys(breaker)[STATE]);
    }

    /** A node has taken over a state of a breaker: there must be one for each epoch. */
    void adopted(String breaker, long epoch, String state) {
        String first =
                epoch == 0 ? BreakerState.CLOSED.name() : states.computeIfAbsent(breaker + " " + epoch, any -> state);
        assertThat(first).as("one state of %s in epoch %d", breaker, epoch).isEqualTo(state);
    }

    /** Checks what has to hold at any time, of a state that scripts can read. */
    void check(String breaker) {
        Map<String, Object> seen = seen(breaker);
        long epoch = (long) seen.get("epoch");
        if (epoch < 0
                || Arrays.stream(BreakerState.values())
                        .noneMatch(state -> state.name().equals(seen.get("state")))) {
            return;
        }
        adopted(breaker, epoch, seen.get("state").toString());
        assertThat(epoch).as("epoch of %s", breaker).isGreaterThanOrEqualTo(epochs.getOrDefault(breaker, 0L));
        epochs.put(breaker, epoch);
        if (seen.get("state").equals(BreakerState.HALF_OPEN.name())) {
            assertThat((long) seen.get("leases") + (long) seen.get("done"))
                    .as("probes under way and done of %s", breaker)
                    .isLessThanOrEqualTo((long) seen.get("places"));
        }
    }

    @Override
    public void close() {
        flush();
        server.close();
    }
}
