package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final OpenConfig DOUBLING = new OpenConfig(Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0);

    private final Backoff never = Backoff.none(() -> 0.5);

    @Test
    void growsNoStreakBeyondTheLargestNumber() {
        Backoff longest = never.of(Integer.MAX_VALUE, SECOND).again(DOUBLING);

        assertThat(longest.streak()).isEqualTo(Integer.MAX_VALUE);
        assertThat(longest.interval()).isEqualTo(60 * SECOND);
    }

    @Test
    void goesOnWhereTheBreakerWasClosedForLessThanTheLastInterval() {
        assertThat(never.of(0, 10 * SECOND)
                        .afterClosedFor(10 * SECOND - 1, DOUBLING)
                        .streak())
                .isEqualTo(1);
    }

    @Test
    void startsOverWhereTheBreakerWasClosedForAsLongAsTheLastInterval() {
        assertThat(never.of(3, 10 * SECOND)
                        .afterClosedFor(10 * SECOND, DOUBLING)
                        .streak())
                .isZero();
    }

    @Test
    void startsWithNoStreakThoughTheClockWentBackBeforeTheFirstOpening() {
        BreakerFixture fixture = new BreakerFixture();
        fixture.advanceSeconds(-5);

        fixture.open();

        assertThat(fixture.breaker.snapshot().streak()).isZero();
    }

    @Test
    void keepsAnIntervalOfANanosecondWhateverTheDiceSay() {
        OpenConfig spread = new OpenConfig(Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 100);

        assertThat(Backoff.none(() -> 0).afterClosedFor(0, spread).interval()).isEqualTo(1);
        assertThat(Backoff.none(() -> 0).upTo(10 * SECOND).interval()).isEqualTo(1);
    }

    @Test
    void remembersNothingOnceItIsForgotten() {
        Backoff forgotten = never.of(3, 10 * SECOND).forgotten();

        assertThat(forgotten.streak()).isZero();
        assertThat(forgotten.interval()).isZero();
    }

    @Test
    void keepsTheStreakWhereOnlyTheIntervalIsAnother() {
        assertThat(never.of(3, SECOND).plusUpTo(4 * SECOND).streak()).isEqualTo(3);
        assertThat(never.of(3, SECOND).plusUpTo(4 * SECOND).interval()).isEqualTo(3 * SECOND);
    }

    @Test
    void beginsAnewAfterAReset() {
        BreakerFixture fixture = new BreakerFixture();
        fixture.open();
        fixture.advanceSeconds(10);
        fixture.calls(Outcome.FAILURE);
        fixture.breaker.reset();

        assertThat(fixture.breaker.snapshot().streak()).isZero();
    }
}
