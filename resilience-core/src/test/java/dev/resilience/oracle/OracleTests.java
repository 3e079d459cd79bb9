package dev.resilience.oracle;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The product against an independent model of its rules. */
class OracleTests {

    private static final int HISTORIES = 20_000;

    /** {@code -Doracle.seed=<number>} plays the histories of an earlier run again, {@code -Doracle.histories=<number>} so many. */
    @Test
    void doesWhatTheModelDoes() {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        long histories = Long.getLong("oracle.histories", HISTORIES);
        Random random = new Random(seed);
        for (long i = 0; i < histories; i++) {
            BreakerHistory history = BreakerHistory.random(random);
            if (history.fails()) {
                BreakerHistory smallest = Shrinking.of(history);
                System.out.println("-Doracle.seed=" + seed + ", history " + i + ", shrunk to:\n" + smallest);
                smallest.play();
            }
        }
    }
}
