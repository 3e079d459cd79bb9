package dev.resilience.bulkhead;

import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.Criticality;
import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualScheduler;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets which place where classes of callers have shares: 2 of 4 for customers, 1 for reports, 1 for nobody. */
class ShareTests {

    private static final Criticality CUSTOMER = Criticality.of("customer");
    private static final Criticality REPORT = Criticality.of("report");
    private static final BulkheadConfig SHARED =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(4).withShares(Map.of("customer", 50, "report", 25));
    private static final BulkheadConfig QUEUED = SHARED.withQueue(10, Duration.ofMinutes(10));

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler time = new ManualScheduler(ticker);
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"),
            SHARED,
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(time));

    private List<BulkheadPermit> fill(@Nullable Criticality criticality) {
        List<BulkheadPermit> held = new ArrayList<>();
        BulkheadPermit permit = bulkhead.tryAcquire(criticality);
        while (permit != null) {
            held.add(permit);
            permit = bulkhead.tryAcquire(criticality);
        }
        return held;
    }

    private void assertRefused(@Nullable Criticality criticality) {
        assertThatThrownBy(() -> bulkhead.acquire(criticality, WaitingCall.FOR_PLACE_ONLY))
                .isInstanceOf(BulkheadFullException.class);
    }

    private Callable<BulkheadPermit> acquiring(@Nullable Criticality criticality, List<String> order, String who) {
        return () -> {
            BulkheadPermit permit = bulkhead.acquire(criticality, WaitingCall.FOR_PLACE_ONLY);
            order.add(who);
            return permit;
        };
    }

    @Test
    void lendsWhatIsUnusedOfAShare() {
        assertThat(fill(null)).hasSize(4);
        assertThat(bulkhead.snapshot().unreserved().concurrent()).isEqualTo(4);
    }

    @Test
    void letsAClassBorrowBeyondItsShare() {
        assertThat(fill(CUSTOMER)).hasSize(4);
        assertThat(bulkhead.snapshot().shares().get("customer").concurrent()).isEqualTo(4);
    }

    @Test
    void comparesCriticalitiesInAnySpelling() {
        bulkhead.tryAcquire(Criticality.of("CUSTO-mer"));
        assertThat(bulkhead.snapshot().shares().get("customer").concurrent()).isEqualTo(1);
    }

    @Test
    void keepsTheNextPlacesForAClassThatWasRefusedUnderItsShare() {
        List<BulkheadPermit> strangers = fill(null);
        assertRefused(CUSTOMER);
        bulkhead.giveBack(strangers.get(0));

        assertThatThrownBy(() -> bulkhead.acquire(WaitingCall.FOR_PLACE_ONLY))
                .hasMessage("Bulkhead 'payments' is full: 3 of 4 calls running, 1 kept for callers under their share,"
                        + " 0 of 0 places in the queue taken; try again in 1.0 s");
        assertThat(bulkhead.tryAcquire(CUSTOMER)).isNotNull();
    }

    @Test
    void keepsNoMorePlacesThanWereRefused() {
        List<BulkheadPermit> strangers = fill(null);
        assertRefused(CUSTOMER);
        bulkhead.giveBack(strangers.get(0));
        bulkhead.giveBack(strangers.get(1));

        assertThat(bulkhead.tryAcquire()).isNotNull();
        assertThat(bulkhead.tryAcquire()).isNull();
    }

    @Test
    void keepsNoMorePlacesThanTheShareHas() {
        List<BulkheadPermit> strangers = fill(null);
        for (int i = 0; i < 10; i++) {
            assertRefused(CUSTOMER);
        }
        strangers.forEach(bulkhead::giveBack);
        assertThat(fill(null)).hasSize(2);
    }

    @Test
    void usesAClaimUpWhenTheClassTakesAPlace() {
        List<BulkheadPermit> strangers = fill(null);
        assertRefused(CUSTOMER);
        bulkhead.giveBack(strangers.get(0));
        BulkheadPermit customer = bulkhead.tryAcquire(CUSTOMER);
        assertThat(customer).isNotNull();
        bulkhead.giveBack(customer);
        assertThat(bulkhead.tryAcquire()).isNotNull();
    }

    @Test
    void lendsAgainTwoSecondsAfterTheLastRefusal() {
        List<BulkheadPermit> strangers = fill(null);
        assertRefused(CUSTOMER);
        time.advance(Duration.ofSeconds(1));
        assertRefused(CUSTOMER);
        bulkhead.giveBack(strangers.get(0));
        time.advance(Duration.ofSeconds(2).minusNanos(1));
        assertThat(bulkhead.tryAcquire()).isNull();
        time.advance(Duration.ofNanos(1));
        assertThat(bulkhead.tryAcquire()).isNotNull();
    }

    @Test
    void keepsNothingForAClassThatWasRefusedAboveItsShare() {
        fill(CUSTOMER);
        assertRefused(CUSTOMER);
        bulkhead.configure(SHARED.withMaxConcurrent(5));
        assertThat(bulkhead.tryAcquire()).isNotNull();
    }

    @Test
    void keepsNothingWhereNothingIsEnforced() {
        bulkhead.configure(SHARED.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        List<BulkheadPermit> strangers = fill(null);
        BulkheadPermit exempted = bulkhead.acquire(CUSTOMER, WaitingCall.FOR_PLACE_ONLY);
        bulkhead.giveBack(strangers.get(0));
        assertThat(bulkhead.tryAcquire()).isNotNull();
        assertThat(bulkhead.snapshot().shares().get("customer").totals().shadowRejected())
                .isEqualTo(1);
        bulkhead.giveBack(exempted);
        assertThat(bulkhead.snapshot().shares().get("customer").concurrent()).isZero();
    }

    @Test
    void letsAWaiterUnderItsShareInBeforeThoseWhoCameEarlier() {
        bulkhead.configure(QUEUED);
        List<BulkheadPermit> strangers = fill(null);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Callers callers = new Callers()) {
            callers.start(acquiring(null, order, "stranger"));
            awaitDepth(bulkhead, 1);
            Caller customer = callers.start(acquiring(CUSTOMER, order, "customer"));
            awaitDepth(bulkhead, 2);
            bulkhead.giveBack(strangers.get(0));
            assertThat(customer.result()).isNotNull();
            bulkhead.giveBack(strangers.get(1));
        }
        assertThat(order).containsExactly("customer", "stranger");
    }

    @Test
    void letsAWaiterAboveItsShareInWhenItsTurnComes() {
        bulkhead.configure(QUEUED);
        List<BulkheadPermit> customers = fill(CUSTOMER);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Callers callers = new Callers()) {
            Caller stranger = callers.start(acquiring(null, order, "stranger"));
            awaitDepth(bulkhead, 1);
            callers.start(acquiring(CUSTOMER, order, "customer"));
            awaitDepth(bulkhead, 2);
            bulkhead.giveBack(customers.get(0));
            assertThat(stranger.result()).isNotNull();
            bulkhead.giveBack(customers.get(1));
        }
        assertThat(order).containsExactly("stranger", "customer");
    }

    @Test
    void letsAWaiterInAtTheMomentWhenTheClaimLapsesThatHeldItBack() {
        bulkhead.configure(QUEUED.withQueue(1, Duration.ofMinutes(10)));
        List<BulkheadPermit> strangers = fill(null);
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(acquiring(null, new ArrayList<>(), "stranger"));
            awaitDepth(bulkhead, 1);
            assertRefused(CUSTOMER);
            bulkhead.giveBack(strangers.get(0));
            time.advance(Duration.ofSeconds(2).minusNanos(1));
            assertThat(bulkhead.snapshot().queueDepth()).isEqualTo(1);
            time.advance(Duration.ofNanos(1));
            assertThat(waiter.result()).isNotNull();
        }
    }

    @Test
    void keepsTheClassOfRunningCallsWhenSharesComeAndGo() {
        BulkheadPermit before = bulkhead.tryAcquire(CUSTOMER);
        bulkhead.configure(SHARED.withShares(Map.of()));
        BulkheadPermit without = bulkhead.tryAcquire(CUSTOMER);
        assertThat(bulkhead.snapshot().shares().get("customer").concurrent()).isEqualTo(1);
        assertThat(bulkhead.snapshot().shares().get("customer").percent()).isZero();
        assertThat(bulkhead.snapshot().unreserved().concurrent()).isEqualTo(1);

        bulkhead.configure(SHARED);
        bulkhead.giveBack(without);
        assertThat(bulkhead.snapshot().shares().get("customer").concurrent()).isEqualTo(1);
        bulkhead.giveBack(before);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
        assertThat(fill(CUSTOMER)).hasSize(4);
    }

    @Test
    void givesThePlacesOfAShareThatAppearsToTheWaitersOfIt() {
        bulkhead.configure(QUEUED);
        fill(CUSTOMER);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Callers callers = new Callers()) {
            callers.start(acquiring(null, order, "stranger"));
            awaitDepth(bulkhead, 1);
            Caller report = callers.start(acquiring(REPORT, order, "report"));
            awaitDepth(bulkhead, 2);
            bulkhead.configure(QUEUED.withMaxConcurrent(5));
            assertThat(report.result()).isNotNull();
            bulkhead.configure(QUEUED.withMaxConcurrent(6));
        }
        assertThat(order).containsExactly("report", "stranger");
    }

    @Test
    void countsByClassWhatItCountsInSum() {
        BulkheadPermit customer = bulkhead.tryAcquire(CUSTOMER);
        fill(null);
        assertRefused(REPORT);
        assertRefused(null);
        assertThat(customer).isNotNull();
        bulkhead.release(customer, 0, 5);

        BulkheadSnapshot seen = bulkhead.snapshot();
        ShareSnapshot customers = seen.shares().get("customer");
        ShareSnapshot reports = seen.shares().get("report");
        assertThat(customers.percent()).isEqualTo(50);
        assertThat(customers.guaranteed()).isEqualTo(2);
        assertThat(customers.totals().permitted()).isEqualTo(1);
        assertThat(customers.totals().heldNanos()).isEqualTo(5);
        assertThat(reports.guaranteed()).isEqualTo(1);
        assertThat(reports.totals().rejected()).containsEntry(RejectionReason.FULL, 1L);
        assertThat(seen.unreserved().concurrent()).isEqualTo(3);
        assertThat(seen.concurrent()).isEqualTo(3);
        assertThat(seen.totals())
                .isEqualTo(customers
                        .totals()
                        .plus(reports.totals())
                        .plus(seen.unreserved().totals()));
    }

    @Test
    void roundsTheGuaranteedPlacesDown() {
        bulkhead.configure(SHARED.withMaxConcurrent(7));
        assertThat(bulkhead.snapshot().shares().get("customer").guaranteed()).isEqualTo(3);
        assertThat(bulkhead.snapshot().shares().get("report").guaranteed()).isEqualTo(1);
    }

    @Test
    void countsARejectionByDeadline() {
        BulkheadCounts counts = new BulkheadCounts();
        counts.rejected(RejectionReason.DEADLINE);
        assertThat(counts.snapshot(0).rejected())
                .containsEntry(RejectionReason.DEADLINE, 1L)
                .containsEntry(RejectionReason.FULL, 0L)
                .containsEntry(RejectionReason.WAIT_TIMEOUT, 0L);
    }
}
