package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SuccessStripesTests {

    private static final long FULL = 1L << 17;
    private static final long LONGEST = 1L << 26;

    /* Ends are kept to the grain, so times are whole ones here. */
    private static final long GRAIN = 1L << 20;
    private static final long START = -1000 * GRAIN;
    private static final long LAST = 99 * GRAIN;
    private static final long END = 100 * GRAIN;

    private final Measurement measurement = new Measurement(BreakerConfig.DEFAULTS, 0);
    private final SuccessStripes stripes = SuccessStripes.opened(null, measurement, 10, START, END);

    private SuccessStripes reopened(SuccessStripes latest) {
        latest.close();
        return SuccessStripes.opened(latest, measurement, 10, START, END);
    }

    @Test
    void countACallWithItsDurationAndItsEnd() {
        assertThat(stripes.tryAdd(measurement, 9, LAST - GRAIN)).isTrue();
        assertThat(stripes.tryAdd(measurement, 7, LAST)).isTrue();

        stripes.close();

        assertThat(stripes.calls()).isEqualTo(2);
        assertThat(stripes.nanos()).isEqualTo(16);
        assertThat(stripes.lastAt()).isEqualTo(LAST);
    }

    @Test
    void countNoCallFromTheirEndOn() {
        assertThat(stripes.tryAdd(measurement, 9, END)).isFalse();
    }

    @Test
    void countNoCallThatIsSlow() {
        assertThat(stripes.tryAdd(measurement, 10, LAST)).isFalse();
    }

    @Test
    void countNoCallOfAnotherMeasurement() {
        assertThat(stripes.tryAdd(new Measurement(BreakerConfig.DEFAULTS, 0), 9, LAST))
                .isFalse();
    }

    @Test
    void countNoCallOnceTheyAreClosed() {
        stripes.close();

        assertThat(stripes.isOpen()).isFalse();
        assertThat(stripes.tryAdd(measurement, 9, LAST)).isFalse();
    }

    @Test
    void countNoCallThatTakesTooManyBits() {
        SuccessStripes unlimited = SuccessStripes.opened(null, measurement, Long.MAX_VALUE, START, END);

        assertThat(unlimited.tryAdd(measurement, LONGEST, LAST)).isFalse();
        assertThat(unlimited.tryAdd(measurement, LONGEST - 1, LAST)).isTrue();
    }

    @Test
    void countNoMoreCallsThanTheyHaveBitsFor() {
        for (int call = 0; call < FULL; call++) {
            assertThat(stripes.tryAdd(measurement, 0, LAST)).isTrue();
        }

        assertThat(stripes.tryAdd(measurement, 0, LAST)).isFalse();
    }

    @Test
    void keepTheEndOfACallToTheGrainOnly() {
        stripes.tryAdd(measurement, 9, 50 * GRAIN);
        stripes.tryAdd(measurement, 9, 51 * GRAIN - 1);
        stripes.close();

        assertThat(stripes.lastAt()).isEqualTo(50 * GRAIN);
    }

    @Test
    void startAnewEachTimeTheyAreOpened() {
        stripes.tryAdd(measurement, 9, LAST);

        SuccessStripes next = reopened(stripes);
        boolean counted = next.tryAdd(measurement, 3, 50 * GRAIN);
        next.close();

        assertThat(next).isSameAs(stripes);
        assertThat(counted).isTrue();
        assertThat(next.calls()).isEqualTo(1);
        assertThat(next.nanos()).isEqualTo(3);
        assertThat(next.lastAt()).isEqualTo(50 * GRAIN);
    }

    @Test
    void haveTheirEndSetEachTimeTheyAreOpened() {
        stripes.close();

        SuccessStripes next = SuccessStripes.opened(stripes, measurement, 10, START, 2 * END);

        assertThat(next.isOpen()).isTrue();
        assertThat(next.tryAdd(measurement, 9, 2 * END - 1)).isTrue();
    }

    @Test
    void areOthersForAnotherMeasurement() {
        stripes.close();

        assertThat(SuccessStripes.opened(stripes, new Measurement(BreakerConfig.DEFAULTS, 0), 10, START, END))
                .isNotSameAs(stripes);
    }

    @Test
    void areOthersForAnotherLimitOfDuration() {
        stripes.close();

        assertThat(SuccessStripes.opened(stripes, measurement, 11, START, END)).isNotSameAs(stripes);
    }

    @Test
    @Timeout(60)
    void widenWhereThreadsMeetAndStayWide() {
        SuccessStripes wide = widened();

        assertThat(reopened(wide)).isSameAs(wide);
    }

    @Test
    @Timeout(60)
    void sumUpWhatManyThreadsCounted() {
        SuccessStripes wide = widened();
        AtomicBoolean all = new AtomicBoolean(true);
        for (int thread = 8; thread > 0; thread--) {
            long ended = -100 * GRAIN * thread;
            try (Callers callers = new Callers()) {
                callers.start(() -> all.compareAndSet(true, wide.tryAdd(measurement, 3, ended)));
            }
        }
        wide.close();

        assertThat(all).isTrue();
        assertThat(wide.calls()).isEqualTo(8);
        assertThat(wide.nanos()).isEqualTo(24);
        assertThat(wide.lastAt()).isEqualTo(-100 * GRAIN);
    }

    /** Returns open and empty stripes of more than one cell, which two threads get when they meet on one. */
    private SuccessStripes widened() {
        AtomicBoolean met = new AtomicBoolean();
        SuccessStripes latest = stripes;
        try (Callers callers = new Callers()) {
            SuccessStripes narrow = stripes;
            for (int thread = 0; thread < 2; thread++) {
                callers.start(() -> {
                    while (!met.get()) {
                        narrow.tryAdd(measurement, 0, 1);
                    }
                    return null;
                });
            }
            while (latest == narrow) {
                latest = reopened(latest);
            }
            met.set(true);
        }
        return latest;
    }
}
