package dev.resilience.bulkhead;

import static dev.resilience.InvalidValues.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
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

    @Test
    void takesCountsOfOneAndNoQueue() {
        BulkheadConfig least =
                DEFAULTS.withMaxConcurrent(1).withQueue(0, Duration.ZERO).withMaxKeys(1);

        assertThat(least.maxConcurrent()).isEqualTo(1);
        assertThat(least.maxKeys()).isEqualTo(1);
    }

    @Test
    void takesSharesOfOnePercentAndOfAllThereIs() {
        assertThat(DEFAULTS.withShares(Map.of("all", 100)).shares()).containsEntry("all", 100);
        assertThat(DEFAULTS.withShares(Map.of("most", 99, "rest", 1)).shares()).hasSize(2);
    }

    @Test
    void refusesSharesThatAreNoPercentage() {
        assertRefused(
                () -> DEFAULTS.withShares(Map.of("customer", 0)),
                "Invalid shares.customer (0): must be 1 to 100 percent");
        assertRefused(
                () -> DEFAULTS.withShares(Map.of("customer", 101)),
                "Invalid shares.customer (101): must be 1 to 100 percent");
    }

    @Test
    void refusesMoreSharesThanThereIs() {
        assertRefused(
                () -> DEFAULTS.withShares(Map.of("batch", 51, "customer", 50)),
                "Invalid shares.customer (50): must leave the sum of all shares at 100 percent or less");
    }

    @Test
    void refusesASecondShareOfACriticality() {
        assertRefused(
                () -> DEFAULTS.withShares(Map.of("nightBatch", 5, "night-batch", 6)),
                "Invalid shares.nightBatch (5): must be the only share of its criticality; another one differs only in"
                        + " its spelling");
    }

    @Test
    void refusesAShareUnderWhatIsNoName() {
        assertRefused(
                () -> DEFAULTS.withShares(Map.of("cust.omer", 5)),
                "Invalid shares.cust.omer (5): must be under the name of a criticality");
    }

    @Test
    void keepsEverythingElseOfACopy() {
        BulkheadConfig another = DEFAULTS.withShares(Map.of("customer", 5))
                .withExecutor(BulkheadExecutor.PLATFORM)
                .withQueue(4, Duration.ofSeconds(1))
                .withMaxConcurrent(3)
                .withMaxKeys(2)
                .withEnforcement(new Enforcement(GuardMode.SHADOW, 30));

        assertThat(another)
                .isEqualTo(new BulkheadConfig(
                        new Enforcement(GuardMode.SHADOW, 30),
                        3,
                        4,
                        Duration.ofSeconds(1),
                        BulkheadExecutor.PLATFORM,
                        Map.of("customer", 5),
                        2));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void refusesVirtualThreadsOnAJavaThatHasNone() {
        assertRefused(
                () -> DEFAULTS.withExecutor(BulkheadExecutor.VIRTUAL),
                "Invalid executor (virtual): must be caller or platform on Java "
                        + Runtime.version().feature() + ": virtual threads need Java 21 or newer");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void takesVirtualThreadsOnAJavaThatHasThem() {
        assertThat(DEFAULTS.withExecutor(BulkheadExecutor.VIRTUAL).executor()).isEqualTo(BulkheadExecutor.VIRTUAL);
    }
}
