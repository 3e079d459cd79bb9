package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Criticality;
import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** When somebody has to look whether a place is still kept for callers who were refused under their share. */
class ClaimTests {

    private static final Criticality CUSTOMER = Criticality.of("customer");
    private static final BulkheadConfig SHARED = BulkheadConfig.DEFAULTS
            .withMaxConcurrent(1)
            .withQueue(5, Duration.ofSeconds(30))
            .withShares(Map.of("customer", 100));

    private final ManualTicker ticker = new ManualTicker(Duration.ofHours(1).toNanos());
    private final List<Duration> looks = new ArrayList<>();
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"),
            SHARED,
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(new Noting()));
    private final BulkheadPermit held = bulkhead.tryAcquire();

    /** Notes after what time something is to be done, and does not do it. */
    private final class Noting implements Scheduler {

        @Override
        public Future<?> schedule(Callable<?> task, long nanos) {
            looks.add(Duration.ofNanos(nanos));
            return new CompletableFuture<>();
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    private void refuseACustomer() {
        assertThatThrownBy(() -> bulkhead.acquire(CUSTOMER, new WaitingCall() {
                    @Override
                    public void joined(Runnable wake) {
                        ticker.advance(Duration.ofSeconds(30));
                    }
                }))
                .isInstanceOf(BulkheadFullException.class);
    }

    @Test
    void isLookedAtWhenItLapses() {
        refuseACustomer();
        ticker.advance(Duration.ofMillis(500));
        bulkhead.queue(null, null, () -> {});

        bulkhead.giveBack(held);

        assertThat(looks).containsExactly(Duration.ofMillis(1500));
    }

    @Test
    void isNotLookedAtWhileNoPlaceIsFree() {
        refuseACustomer();

        bulkhead.queue(null, null, () -> {});

        assertThat(looks).isEmpty();
    }

    @Test
    void isNotLookedAtWhileNobodyWaits() {
        refuseACustomer();

        bulkhead.giveBack(held);

        assertThat(looks).isEmpty();
    }

    @Test
    void isNotLookedAtWhereItKeepsNothingAsItsShareIsInUse() {
        Criticality report = Criticality.of("report");
        BulkheadConfig halves = SHARED.withMaxConcurrent(2).withShares(Map.of("customer", 50, "report", 50));
        bulkhead.configure(halves.withQueue(0, null));
        BulkheadPermit other = bulkhead.tryAcquire();
        assertRefused(report);
        assertRefused(report);
        ticker.advance(Duration.ofMillis(500));
        assertRefused(CUSTOMER);
        bulkhead.configure(halves);
        bulkhead.giveBack(held);
        assertThat(bulkhead.tryAcquire(report)).isNotNull();
        bulkhead.queue(null, null, () -> {});

        bulkhead.giveBack(other);

        assertThat(looks).as("after what is kept for the customer").containsExactly(Duration.ofSeconds(2));
    }

    private void assertRefused(Criticality criticality) {
        assertThatThrownBy(() -> bulkhead.acquire(criticality, WaitingCall.FOR_PLACE_ONLY))
                .isInstanceOf(BulkheadFullException.class);
    }
}
