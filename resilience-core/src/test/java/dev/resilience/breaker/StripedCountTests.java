package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import org.junit.jupiter.api.Test;

class StripedCountTests {

    private static final int TIMES = 200_000;

    private final StripedCount count = new StripedCount();

    @Test
    void isZeroAtFirst() {
        assertThat(count.sum()).isZero();
    }

    @Test
    void countsForOneThread() {
        count.increment();
        count.increment();

        assertThat(count.sum()).isEqualTo(2);
    }

    @Test
    void losesNothingWhereThreadsMeet() {
        try (Callers callers = new Callers()) {
            for (int thread = 0; thread < 4; thread++) {
                callers.start(() -> {
                    for (int time = 0; time < TIMES; time++) {
                        count.increment();
                    }
                    return null;
                });
            }
        }

        assertThat(count.sum()).isEqualTo(4L * TIMES);
    }
}
