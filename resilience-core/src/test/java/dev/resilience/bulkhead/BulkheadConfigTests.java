package dev.resilience.bulkhead;

import static dev.resilience.InvalidValues.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkheadConfigTests {

    private static final BulkheadConfig DEFAULTS = BulkheadConfig.DEFAULTS;

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesCountsBelowOne(int count) {
        assertRefused(
                () -> DEFAULTS.withMaxConcurrent(count), "Invalid max-concurrent (" + count + "): must be at least 1");
        assertRefused(() -> DEFAULTS.withMaxKeys(count), "Invalid max-keys (" + count + "): must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void refusesANegativeQueue(int queue) {
        assertRefused(() -> DEFAULTS.withQueue(queue, null), "Invalid max-queue (" + queue + "): must be at least 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "P366D", "PT2562047788015215H30M7S"})
    void refusesAWaitOutOfRange(String text) {
        Duration wait = Duration.parse(text);
        assertRefused(
                () -> DEFAULTS.withQueue(1, wait),
                "Invalid max-wait (" + wait + "): must be at least 0 and at most 365 days");
    }

    @Test
    void refusesAWaitWithoutAQueue() {
        assertRefused(
                () -> DEFAULTS.withQueue(0, Duration.ofMillis(1)),
                "Invalid max-wait (PT0.001S): must be 0 where max-queue is 0: nobody can wait without a queue");
    }

    @Test
    void waitsHalfASecondWhereThereIsAQueueAndNothingIsSaid() {
        assertThat(DEFAULTS.waitOrDefault()).isZero();
        assertThat(DEFAULTS.withQueue(0, Duration.ZERO).waitOrDefault()).isZero();
        assertThat(DEFAULTS.withQueue(1, null).waitOrDefault()).hasMillis(500);
        assertThat(DEFAULTS.withQueue(1, Duration.ZERO).waitOrDefault()).isZero();
        assertThat(DEFAULTS.withQueue(1, Duration.ofDays(365)).waitOrDefault()).hasDays(365);
    }

    @Test
    void checksAnOverrideTogetherWithWhatLiesBeneath() {
        BulkheadOverride wait = new BulkheadOverride(null, null, null, null, Duration.ofMillis(5));
        assertThat(wait.over(DEFAULTS.withQueue(3, null)).maxWait()).hasMillis(5);
        assertRefused(
                () -> wait.over(DEFAULTS),
                "Invalid max-wait (PT0.005S): must be 0 where max-queue is 0: nobody can wait without a queue");
    }
}
