package dev.resilience.oracle;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The product against an independent model of its rules. {@code -Doracle.seed=<number>} plays the histories of an earlier run again,
 * {@code -Doracle.histories=<number>} so many.
 */
class OracleTests {

    private static final long SOME = 20_000;
    private static final long MANY = 3_000_000;

    @Test
    void doesWhatTheModelDoes() {
        play(SOME);
    }

    @Test
    @Tag("thorough")
    void doesWhatTheModelDoesForALongTime() {
        play(MANY);
    }

    private static void play(long usual) {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        long histories = Long.getLong("oracle.histories", usual);
        Random random = new Random(seed);
        for (long i = 0; i < histories; i++) {
            BreakerHistory history = BreakerHistory.random(random);
            if (history.fails()) {
                BreakerHistory smallest = Shrinking.of(history);
                throw new AssertionError("-Doracle.seed=" + seed + ", history " + i + ", shrunk to\n" + smallest);
            }
        }
    }
}
