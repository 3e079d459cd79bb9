package dev.resilience.spring.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.InvalidSettingException;
import dev.resilience.spring.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBudgetTests {

    private static final int RESERVE = 10;

    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 5);
    private final RetryBudget budget = new RetryBudget(10, ticker);

    private void calls(int times) {
        for (int i = 0; i < times; i++) {
            budget.call();
        }
    }

    /** Retries until it may not, and returns how often it might. */
    private int retries() {
        int retries = 0;
        while (budget.tryRetry()) {
            retries++;
        }
        return retries;
    }

    private void advanceSeconds(long seconds) {
        ticker.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void letsANameThatIsNeverCalledRetryTenTimes() {
        assertThat(retries()).isEqualTo(RESERVE);
    }

    @Test
    void letsATenthOfTheCallsBeRetriesBesides() {
        calls(1000);
        assertThat(retries()).isEqualTo(RESERVE + 100);
    }

    @Test
    void countsPartsOfARetry() {
        calls(9);
        assertThat(retries()).isEqualTo(RESERVE);
        calls(1);
        assertThat(retries()).isEqualTo(1);
    }

    @Test
    void hasItsReserveAgainAfterTenSeconds() {
        retries();
        advanceSeconds(9);
        assertThat(retries()).isZero();
        advanceSeconds(1);
        assertThat(retries()).isEqualTo(RESERVE);
    }

    @Test
    void forgetsCallsOfMoreThanTenSecondsAgo() {
        calls(1000);
        advanceSeconds(10);
        assertThat(retries()).isEqualTo(RESERVE);
    }

    @Test
    void forgetsEverySecondByItself() {
        for (int second = 0; second < 10; second++) {
            calls(10);
            advanceSeconds(1);
        }
        assertThat(retries()).isEqualTo(RESERVE + 9);
    }

    @Test
    void forgetsEverythingOverAVeryLongTime() {
        calls(1000);
        retries();
        ticker.advance(Duration.ofDays(3000));
        assertThat(retries()).isEqualTo(RESERVE);
    }

    @Test
    void letsNothingBeRetriedAtZeroPercent() {
        RetryBudget none = new RetryBudget(0, ticker);
        none.call();
        assertThat(none.tryRetry()).isFalse();
        assertThat(none.refused()).isEqualTo(1);
    }

    @Test
    void countsWhatItLetsThroughAndRefuses() {
        for (int i = 0; i < RESERVE + 3; i++) {
            budget.tryRetry();
        }
        assertThat(budget.retries()).isEqualTo(RESERVE);
        assertThat(budget.refused()).isEqualTo(3);
    }

    @Test
    void keepsToTheShareWhereItSeesFailuresOnly() {
        int calls = 10_000;
        int retries = 0;
        for (int call = 0; call < calls; call++) {
            while (budget.tryRetryAfterFailure()) {
                retries++;
            }
        }
        assertThat(retries).isBetween(calls / 10, calls / 10 + RESERVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void refusesWhatIsNoPercentage(int percent) {
        assertThatThrownBy(() -> new RetryBudget(percent, ticker))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid budget (" + percent + "): must be 0 to 100 percent");
    }

    @Test
    void givesEachRetryOnceWhateverTheThreads() throws Exception {
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    calls(1000);
                    start.await();
                    return retries();
                }));
            }
            int retries = 0;
            for (Future<Integer> each : running) {
                retries += each.get();
            }
            assertThat(retries).isEqualTo(RESERVE + 800);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void belongsToOneNameInAnySpelling() {
        RetryBudgets budgets = new RetryBudgets(10, ticker);
        assertThat(budgets.of("order-history")).isSameAs(budgets.of("orderHistory"));
        assertThat(budgets.of("order-history")).isNotSameAs(budgets.of("payments"));
        assertThatThrownBy(() -> budgets.of("no name")).isInstanceOf(InvalidSettingException.class);
    }

    @Test
    void isSharedByNamesBeyondTheFirstThousand() {
        RetryBudgets budgets = new RetryBudgets(10, ticker);
        RetryBudget first = budgets.of("n0");
        for (int i = 1; i < 1000; i++) {
            budgets.of("n" + i);
        }
        assertThat(budgets.of("n1000")).isSameAs(budgets.of("n1001")).isSameAs(budgets.shared());
        assertThat(budgets.of("n0")).isSameAs(first);
    }
}
