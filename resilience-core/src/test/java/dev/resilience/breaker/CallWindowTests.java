package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallWindowTests {

    private static final long TENTH = 1000;
    private static final long LENGTH = 10 * TENTH;
    private static final long ORIGIN = -7 * LENGTH;

    private final CallWindow time = new TimeWindow(LENGTH, ORIGIN);
    private final CallWindow count = new CountWindow(3, ORIGIN);

    @Test
    void ofTimeKeepsACallUntilItsTenthLeaves() {
        time.add(true, true, 5, ORIGIN);

        time.forget(ORIGIN + LENGTH - 1);

        assertThat(time.calls()).isEqualTo(1);
        assertThat(time.bad()).isEqualTo(1);
        assertThat(time.slow()).isEqualTo(1);
    }

    @Test
    void ofTimeForgetsACallWithItsTenth() {
        time.add(true, true, 5, ORIGIN);

        time.forget(ORIGIN + LENGTH);

        assertThat(time.calls()).isZero();
        assertThat(time.bad()).isZero();
        assertThat(time.slow()).isZero();
        assertThat(time.averageNanos()).isZero();
    }

    @Test
    void ofTimeForgetsNoYoungerTenthThanTheOldest() {
        time.add(true, false, 5, ORIGIN);
        time.add(true, false, 5, ORIGIN + TENTH);

        time.forget(ORIGIN + LENGTH);

        assertThat(time.calls()).isEqualTo(1);
    }

    @Test
    void ofTimeForgetsEveryTenthThatLeavesWhileNobodyCalls() {
        for (long tenth = 0; tenth < 10; tenth++) {
            time.add(true, true, 5, ORIGIN + tenth * TENTH);
        }

        time.forget(ORIGIN + 14 * TENTH);

        assertThat(time.calls()).isEqualTo(5);
        assertThat(time.averageNanos()).isEqualTo(5);
    }

    @Test
    void ofTimeBeginsEachTenthAnew() {
        for (long tenth = 0; tenth < 25; tenth++) {
            time.add(true, true, 5, ORIGIN + tenth * TENTH);
        }

        time.forget(ORIGIN + 33 * TENTH);

        assertThat(time.bad()).isEqualTo(1);
        assertThat(time.slow()).isEqualTo(1);
    }

    @Test
    void ofTimeAveragesTheDurations() {
        time.add(false, false, 4, ORIGIN);
        time.add(false, false, 8, ORIGIN);

        assertThat(time.averageNanos()).isEqualTo(6);
    }

    @Test
    void ofTimeTakesInSuccessesCountedAside() {
        time.addSuccesses(4, 80);

        assertThat(time.calls()).isEqualTo(4);
        assertThat(time.averageNanos()).isEqualTo(20);
    }

    @Test
    void ofTimeIsSteadyUntilTheNextTenth() {
        time.add(false, false, 5, ORIGIN + 2 * TENTH + 1);

        assertThat(time.steadyUntil()).isEqualTo(ORIGIN + 3 * TENTH);
    }

    @Test
    void ofCountIsSteadyForAsLongAsAClockCanTell() {
        assertThat(count.steadyUntil() - ORIGIN).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ofCountAveragesSuccessesCountedAside() {
        count.addSuccesses(2, 80);

        assertThat(count.calls()).isEqualTo(2);
        assertThat(count.averageNanos()).isEqualTo(40);
    }

    @Test
    void ofCountKeepsTheNewestOfSuccessesCountedAside() {
        count.add(true, true, 5, ORIGIN);

        count.addSuccesses(3, 30);

        assertThat(count.calls()).isEqualTo(3);
        assertThat(count.bad()).isZero();
        assertThat(count.slow()).isZero();
    }
}
