package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import dev.resilience.internal.Stripes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SuccessStripesTests {

    private static final long FULL = 1L << 17;
    private static final long MILLIS = 1L << 20;
    private static final long LONGEST = 1L << 26;

    private final Measurement measurement = new Measurement(BreakerConfig.DEFAULTS, 0);
    private final SuccessStripes stripes = SuccessStripes.opened(null, measurement, 10, 0, 100);

    private SuccessStripes reopened(SuccessStripes latest) {
        latest.close();
        return SuccessStripes.opened(latest, measurement, 10, 0, 100);
    }

    @Test
    void countACallWithItsDuration() {
        assertThat(stripes.tryAdd(measurement, 9, 98)).isTrue();
        assertThat(stripes.tryAdd(measurement, 7, 99)).isTrue();

        stripes.close();

        assertThat(stripes.calls()).isEqualTo(2);
        assertThat(stripes.nanos()).isEqualTo(16);
    }

    @Test
    void knowToAMillisecondWhenTheLatestCallEnded() {
        SuccessStripes lasting = SuccessStripes.opened(null, measurement, 10, -MILLIS, 10 * MILLIS);
        lasting.tryAdd(measurement, 9, 3 * MILLIS);
        lasting.tryAdd(measurement, 9, 5 * MILLIS);
        lasting.tryAdd(measurement, 9, 5 * MILLIS + MILLIS / 2);
        lasting.tryAdd(measurement, 9, 4 * MILLIS);

        lasting.close();

        assertThat(lasting.lastAt()).isEqualTo(5 * MILLIS);
    }

    @Test
    void noteTheEndOfACallThatIsAMillisecondLater() {
        SuccessStripes lasting = SuccessStripes.opened(null, measurement, 10, 0, 10 * MILLIS);
        lasting.tryAdd(measurement, 9, MILLIS);

        lasting.close();

        assertThat(lasting.lastAt()).isEqualTo(MILLIS);
    }

    @Test
    void tookTheirFirstCallNoEarlierThanTheyWereOpened() {
        SuccessStripes lasting = SuccessStripes.opened(null, measurement, 10, -5 * MILLIS, 10 * MILLIS);
        lasting.tryAdd(measurement, 9, -5 * MILLIS + 1);

        lasting.close();

        assertThat(lasting.lastAt()).isEqualTo(-5 * MILLIS);
    }

    @Test
    void countNoCallFromTheirEndOn() {
        assertThat(stripes.tryAdd(measurement, 9, 100)).isFalse();
    }

    @Test
    void countNoCallThatIsSlow() {
        assertThat(stripes.tryAdd(measurement, 10, 99)).isFalse();
    }

    @Test
    void countNoCallOfAnotherMeasurement() {
        assertThat(stripes.tryAdd(new Measurement(BreakerConfig.DEFAULTS, 0), 9, 99))
                .isFalse();
    }

    @Test
    void countNoCallOnceTheyAreClosed() {
        stripes.close();

        assertThat(stripes.isOpen()).isFalse();
        assertThat(stripes.tryAdd(measurement, 9, 99)).isFalse();
    }

    @Test
    void countNoneOfTheManyCallsThatComeOnceTheyAreClosed() {
        stripes.close();
        int counted = 0;

        for (int call = 0; call <= 4 * FULL; call++) {
            counted += stripes.tryAdd(measurement, 9, 99) ? 1 : 0;
        }

        assertThat(counted).isZero();
    }

    @Test
    void haveNothingLeftWhereTheyAreClosedAgain() {
        stripes.tryAdd(measurement, 9, 99);
        stripes.close();

        stripes.close();

        assertThat(stripes.calls()).isZero();
    }

    @Test
    void countNoCallThatTakesTooManyBits() {
        SuccessStripes unlimited = SuccessStripes.opened(null, measurement, Long.MAX_VALUE, 0, 100);

        assertThat(unlimited.tryAdd(measurement, LONGEST, 99)).isFalse();
        assertThat(unlimited.tryAdd(measurement, LONGEST - 1, 99)).isTrue();
    }

    @Test
    void countNoMoreCallsThanTheyHaveBitsFor() {
        for (int call = 0; call < FULL; call++) {
            assertThat(stripes.tryAdd(measurement, 0, 99)).isTrue();
        }

        assertThat(stripes.tryAdd(measurement, 0, 99)).isFalse();
    }

    @Test
    void startAnewEachTimeTheyAreOpened() {
        stripes.tryAdd(measurement, 9, 99);

        SuccessStripes next = reopened(stripes);
        boolean counted = next.tryAdd(measurement, 3, 50);
        next.close();

        assertThat(next).isSameAs(stripes);
        assertThat(counted).isTrue();
        assertThat(next.calls()).isEqualTo(1);
        assertThat(next.nanos()).isEqualTo(3);
    }

    @Test
    void haveTheirEndSetEachTimeTheyAreOpened() {
        stripes.close();

        SuccessStripes next = SuccessStripes.opened(stripes, measurement, 10, 0, 200);

        assertThat(next.isOpen()).isTrue();
        assertThat(next.tryAdd(measurement, 9, 199)).isTrue();
    }

    @Test
    void areOthersForAnotherMeasurement() {
        stripes.close();

        assertThat(SuccessStripes.opened(stripes, new Measurement(BreakerConfig.DEFAULTS, 0), 10, 0, 100))
                .isNotSameAs(stripes);
    }

    @Test
    void areOthersForAnotherLimitOfDuration() {
        stripes.close();

        assertThat(SuccessStripes.opened(stripes, measurement, 11, 0, 100)).isNotSameAs(stripes);
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
            long ended = thread;
            try (Callers callers = new Callers()) {
                callers.start(() -> all.compareAndSet(true, wide.tryAdd(measurement, 3, ended)));
            }
        }
        wide.close();

        assertThat(all).isTrue();
        assertThat(wide.calls()).isEqualTo(8);
        assertThat(wide.nanos()).isEqualTo(24);
    }

    @Test
    @Timeout(60)
    void knowWhenTheLatestOfAllThreadsEndedWhicheverCellItCountedInto() {
        SuccessStripes wide = widened();
        long until = 10_000 * MILLIS;
        for (int sign : new int[] {1, -1}) {
            wide.close();
            wide = SuccessStripes.opened(wide, measurement, 10, 0, until);
            assertThat(wide.isOpen()).isTrue();
            long latest = 0;
            for (int thread = 0; thread < 32; thread++) {
                latest = Math.max(latest, addOnAThreadOfItsOwn(wide, sign));
            }
            wide.close();
            assertThat(wide.lastAt()).isEqualTo(latest);
        }
    }

    /** Counts a call that ended the later the farther the thread's cell is from the first, or from the last one. */
    private long addOnAThreadOfItsOwn(SuccessStripes wide, int sign) {
        try (Callers callers = new Callers()) {
            return (long) callers.start(() -> {
                        long endedAt = (1000 + sign * Stripes.MANY.ofThread()) * MILLIS;
                        assertThat(wide.tryAdd(measurement, 3, endedAt)).isTrue();
                        return endedAt;
                    })
                    .result();
        }
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
