package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.Criticality;
import dev.resilience.GuardEnvironment;
import dev.resilience.HookedScheduler;
import dev.resilience.ManualScheduler;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a caller gets that found shares, and waits for the lock while they go. */
class SharesInMotionTests {

    private static final Criticality CUSTOMER = Criticality.of("customer");
    private static final BulkheadConfig PLAIN =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(5, Duration.ofMinutes(1));
    private static final BulkheadConfig SHARED = PLAIN.withShares(Map.of("customer", 100));

    private final ManualTicker ticker = new ManualTicker();
    private final HookedScheduler scheduler = new HookedScheduler(new ManualScheduler(ticker));
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"),
            SHARED,
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(scheduler));

    @Test
    void isAPlaceOfThoseWithoutOne() {
        BulkheadPermit held = bulkhead.tryAcquire();
        refuseACustomer();
        bulkhead.queue(null, null, () -> {});
        AtomicReference<Caller> customer = new AtomicReference<>();
        try (Callers callers = new Callers()) {
            // under the lock: the free place is kept for the customer, and a look is asked for
            scheduler.whenNextScheduled(() -> {
                customer.set(callers.start(() -> bulkhead.tryAcquire(CUSTOMER)));
                await().until(customer.get()::isBlocked);
                bulkhead.configure(PLAIN.withMaxConcurrent(3));
            });
            bulkhead.giveBack(held);

            assertThat(customer.get().result()).isNotNull();
        }
        assertThat(bulkhead.snapshot().unreserved().concurrent()).isEqualTo(2);
        assertThat(bulkhead.snapshot().shares().get("customer").concurrent()).isZero();
    }

    private void refuseACustomer() {
        assertThatThrownBy(() -> bulkhead.acquire(CUSTOMER, new WaitingCall() {
                    @Override
                    public void joined(Runnable wake) {
                        ticker.advance(Duration.ofMinutes(1));
                    }
                }))
                .isInstanceOf(BulkheadFullException.class);
    }
}
