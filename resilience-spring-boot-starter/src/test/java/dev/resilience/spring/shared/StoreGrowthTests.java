package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.breaker.BreakerState;
import dev.resilience.spring.shared.StoreCommand.Probe;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left in the store of changes that are over. */
class StoreGrowthTests {

    private static final int CHANGES_OF_A_ROUND = 5;
    /** What buffers and the scripts' own memory may differ by; a name left behind by each change would take twice as much. */
    private static final int ALLOWED_BYTES = 256 * 1024;

    private final StoreFixture store = new StoreFixture();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isNothingAfterTenThousandChanges() {
        change(500);
        long before = usedMemory();
        change(10_000 / CHANGES_OF_A_ROUND);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(usedMemory()).isLessThan(before + ALLOWED_BYTES));
        assertThat(store.act("A", 0, StoreFixture.RESET).state().transitions()).isGreaterThan(10_000);
        assertThat(store.redis.zcard(store.keys.log(BreakerNames.shard(StoreFixture.BREAKER))))
                .isEqualTo(1);
    }

    /** Votes, opens, probes by two nodes, fails, is forced and reset: whatever can leave something behind does. */
    private void change(int rounds) {
        for (int round = 0; round < rounds; round++) {
            long closed = store.act("A", 0, StoreFixture.RESET).epoch();
            store.act("A", closed, StoreFixture.open(2));
            long open = store.act("B", closed, StoreFixture.open(2)).epoch();
            store.advance(1000);
            StoreAnswer probing = store.act("A", open, StoreFixture.claim(5, 1000));
            store.act("A", probing.epoch(), StoreFixture.result(probing.leases().get(0), Probe.SUCCESS));
            store.act("B", probing.epoch(), StoreFixture.claim(5, 1000));
            store.act("A", 0, StoreFixture.force(BreakerState.FORCED_OPEN, "ann", "why"));
            store.act("B", 0, StoreFixture.RELEASE);
        }
    }

    private long usedMemory() {
        return store.redis
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .sum();
    }
}
