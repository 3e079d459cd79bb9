package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.HookedScheduler;
import dev.resilience.ManualScheduler;
import dev.resilience.ManualTicker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LooksTests {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration FOUR = Duration.ofSeconds(4);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler time = new ManualScheduler(ticker);
    private final HookedScheduler scheduler = new HookedScheduler(time);
    private final AtomicInteger made = new AtomicInteger();
    private final Looks looks = new Looks(scheduler, ticker, made::incrementAndGet);

    private void within(Duration wait) {
        looks.within(wait.toNanos());
    }

    @Test
    void areMadeAtTheirMoment() {
        within(TEN);

        time.advance(TEN.minusNanos(1));
        assertThat(made).hasValue(0);
        time.advance(Duration.ofNanos(1));
        assertThat(made).hasValue(1);
    }

    @Test
    void areNotAskedForAgainAtTheSameMomentOrLater() {
        within(TEN);
        scheduler.whenNextScheduled(() -> {
            throw new AssertionError("asked again");
        });

        within(TEN);
        within(TEN.plusNanos(1));

        time.advance(TEN);
        assertThat(made).hasValue(1);
    }

    @Test
    void giveWayToASoonerOne() {
        within(TEN);
        within(FOUR);

        assertThat(time.waiting()).isEqualTo(1);
        time.advance(FOUR);
        assertThat(made).hasValue(1);
        time.advance(TEN);
        assertThat(made).hasValue(1);
    }

    @Test
    void areAskedForAnewOnceTheLastHasBegun() {
        within(FOUR);
        time.advance(FOUR);
        looks.done();

        within(TEN);
        time.advance(TEN);

        assertThat(made).hasValue(2);
    }
}
