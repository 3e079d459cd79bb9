package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ClosableCountTests {

    private static final int TIMES = 200_000;

    private final ClosableCount count = new ClosableCount();

    private void count(int times) {
        for (int time = 0; time < times; time++) {
            assertThat(count.tryIncrement()).isTrue();
        }
    }

    /** Has four threads count at the same time, so that they meet. Returns how many times they were told that it was counted. */
    private long countByFour() {
        LongAdder counted = new LongAdder();
        try (Callers callers = new Callers()) {
            for (int thread = 0; thread < 4; thread++) {
                callers.start(() -> {
                    for (int time = 0; time < TIMES; time++) {
                        if (count.tryIncrement()) {
                            counted.increment();
                        }
                    }
                    return null;
                });
            }
        }
        return counted.sum();
    }

    @Test
    void isZeroAtFirst() {
        assertThat(count.close()).isZero();
    }

    @Test
    void countsForOneThread() {
        count(2);

        assertThat(count.close()).isEqualTo(2);
    }

    @Test
    void losesNothingWhereThreadsMeet() {
        assertThat(countByFour()).isEqualTo(4L * TIMES);

        assertThat(count.close()).isEqualTo(4L * TIMES);
    }

    @Test
    void saysOnceItIsClosedThatItDoesNotCount() {
        count.close();

        assertThat(count.tryIncrement()).isFalse();
        assertThat(count.close()).isZero();
    }

    @Test
    void saysOnceItIsClosedAfterThreadsMetThatItDoesNotCount() {
        countByFour();
        count.close();

        assertThat(countByFour()).isZero();
        assertThat(count.close()).isZero();
    }

    @Test
    void countsFromZeroOnceItIsOpenedAgain() {
        count(3);
        count.close();
        count.tryIncrement();

        count.open();

        count(2);
        assertThat(count.close()).isEqualTo(2);
    }

    @Test
    void countsAgainOnceItIsOpenedThoughThreadsHadMet() {
        count.stripe();
        count.close();

        count.open();

        count(2);
        assertThat(count.close()).isEqualTo(2);
    }

    @Test
    void doesNotCountWhereThreadsThatHadMetGoApartOnlyOnceItIsClosed() {
        count.close();

        count.stripe();

        assertThat(count.tryIncrement()).isFalse();
    }

    @Test
    void countsWhatItSaysThatItCountsWhileItIsClosedAndOpened() {
        AtomicBoolean over = new AtomicBoolean();
        LongAdder sum = new LongAdder();
        long counted;
        try (Callers callers = new Callers()) {
            callers.start(() -> {
                while (!over.get()) {
                    sum.add(count.close());
                    count.open();
                }
                return null;
            });
            counted = countByFour();
            over.set(true);
        }

        assertThat(sum.sum() + count.close()).isEqualTo(counted);
    }
}
