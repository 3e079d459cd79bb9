package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GuardHistoriesTests {

    private static final int HISTORIES = 1_000;

    /** {@code -Dhistories.seed=<number>} plays the histories of an earlier run again. */
    @Test
    void endWithEveryPermitBackAndEveryCallCountedOnce() {
        long seed = Long.getLong("histories.seed", System.nanoTime());
        Random random = new Random(seed);
        long evicted = 0;
        long cancelled = 0;
        for (int i = 0; i < HISTORIES; i++) {
            GuardHistory history = new GuardHistory(random.nextLong());
            try {
                history.play();
            } catch (AssertionError broken) {
                throw new AssertionError("-Dhistories.seed=" + seed + ", history " + i + ": " + history, broken);
            }
            evicted += history.evicted();
            cancelled += history.cancelled();
        }
        assertThat(evicted).as("evictions in all").isPositive();
        assertThat(cancelled).as("interrupted waits in all").isPositive();
    }
}
