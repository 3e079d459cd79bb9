package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Callers;
import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualScheduler;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The turn of a call that waits without a thread. */
class PendingPlaceTests {

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Criticality CUSTOMER = Criticality.of("customer");
    private static final BulkheadConfig ONE =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, WAIT);

    private final ManualTicker ticker = new ManualTicker(Duration.ofHours(1).toNanos());
    private final ManualScheduler time = new ManualScheduler(ticker);
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"),
            ONE,
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(time));
    private final BulkheadPermit held = bulkhead.tryAcquire();
    private final AtomicInteger told = new AtomicInteger();

    private PendingPlace queue(@Nullable Deadline deadline) {
        return bulkhead.queue(null, deadline, told::incrementAndGet);
    }

    private BulkheadTotals totals() {
        return bulkhead.snapshot().totals();
    }

    @Test
    void isToldOfWhenItComes() {
        PendingPlace turn = queue(null);
        assertThat(turn.place()).isNull();
        assertThat(turn.refused()).isNull();
        assertThat(told).hasValue(0);
        assertThat(totals().waited()).isZero();
        ticker.advance(SECOND);

        bulkhead.giveBack(held);

        assertThat(told).hasValue(1);
        BulkheadPermit place = turn.place();
        assertThat(place).isNotNull();
        assertThat(totals().waited()).isEqualTo(1);
        assertThat(totals().averageWait()).isEqualTo(SECOND);
        bulkhead.giveBack(place);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void isLeftOnce() {
        PendingPlace turn = queue(null);
        ticker.advance(SECOND);

        assertThat(turn.leave()).isTrue();
        assertThat(turn.leave()).isFalse();

        assertThat(bulkhead.snapshot().queueDepth()).isZero();
        assertThat(totals().waited()).isEqualTo(1);
        assertThat(totals().averageWait()).isEqualTo(SECOND);
    }

    @Test
    void cannotBeLeftOnceItHasCome() {
        PendingPlace turn = queue(null);
        bulkhead.giveBack(held);

        assertThat(turn.leave()).isFalse();
        assertThat(bulkhead.snapshot().concurrent()).isEqualTo(1);
    }

    @Test
    void isWaitedForUntilTheEarlierLimitOfTime() {
        PendingPlace turn = queue(null);
        assertThat(turn.longestWait()).isEqualTo(WAIT.toNanos());
        turn.leave();

        assertThat(queue(Deadline.after(SECOND, ticker)).longestWait()).isEqualTo(SECOND.toNanos());
    }

    @Test
    void isOverdueByTheBulkheadsLimit() {
        PendingPlace turn = queue(Deadline.after(Duration.ofMinutes(1), ticker));
        ticker.advance(WAIT);
        turn.leave();

        assertThat(turn.overdue())
                .hasMessage("Bulkhead 'payments' is full: 1 of 1 calls running, waited 30000 ms; try again in 1.0 s");
        assertThat(totals().rejected()).containsEntry(RejectionReason.WAIT_TIMEOUT, 1L);
    }

    @Test
    void isOverdueByTheCallersDeadline() {
        PendingPlace turn = queue(Deadline.after(SECOND, ticker));
        ticker.advance(SECOND);
        turn.leave();

        assertThat(turn.overdue().reason()).isEqualTo(RejectionReason.DEADLINE);
        assertThat(totals().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
    }

    @Test
    void isCountedAmongThoseThatLeftBecauseTheirBreakerOpened() {
        PendingPlace turn = queue(null);
        turn.leave();

        turn.evicted();

        assertThat(totals().evicted()).isEqualTo(1);
    }

    @Test
    void isNoneWithoutRoomInTheQueue() {
        queue(null);

        assertThatThrownBy(() -> queue(null)).isInstanceOf(BulkheadFullException.class);
        assertThat(totals().rejected()).containsEntry(RejectionReason.FULL, 1L);
    }

    @Test
    void isNoneWhereNobodyMayWait() {
        bulkhead.configure(ONE.withQueue(1, Duration.ZERO));

        assertThatThrownBy(() -> queue(null)).isInstanceOf(BulkheadFullException.class);
        assertThat(bulkhead.snapshot().queueDepth()).isZero();
    }

    @Test
    void needNotBeWaitedForWhereNothingIsEnforced() {
        bulkhead.configure(ONE.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));

        PendingPlace turn = queue(null);

        assertThat(told).hasValue(1);
        assertThat(turn.place()).isNotNull();
        assertThat(totals().shadowRejected()).isEqualTo(1);
    }

    @Test
    void needNotBeWaitedForAnyLongerOnceNothingIsEnforced() {
        PendingPlace turn = queue(null);

        bulkhead.configure(ONE.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));

        assertThat(told).hasValue(1);
        assertThat(turn.place()).isNotNull();
    }

    @Test
    void isToldThatItWillNotComeWhereTheBulkheadIsClosed() {
        SemaphoreBulkhead closing = new SemaphoreBulkhead("payments", ONE.withExecutor(BulkheadExecutor.PLATFORM));
        closing.tryAcquire();
        PendingPlace turn = closing.queue(null, null, told::incrementAndGet);

        closing.close();

        assertThat(told).hasValue(1);
        assertThat(turn.refused()).isInstanceOf(BulkheadClosedException.class);
        assertThat(turn.place()).isNull();
        assertThat(closing.snapshot().totals().waited()).isEqualTo(1);
    }

    /** Returns the turn of a caller who waits beside a free place, kept by a claim that has lapsed without anybody looking. */
    private PendingPlace behindALapsedClaim(Runnable onTurn) {
        bulkhead.configure(ONE.withQueue(5, WAIT).withShares(Map.of("customer", 100)));
        assertThatThrownBy(() -> bulkhead.acquire(CUSTOMER, new WaitingCall() {
                    @Override
                    public void joined(Runnable wake) {
                        ticker.advance(WAIT);
                    }
                }))
                .isInstanceOf(BulkheadFullException.class);
        PendingPlace turn = bulkhead.queue(null, null, onTurn);
        bulkhead.giveBack(held);
        assertThat(turn.place()).isNull();
        ticker.advance(Duration.ofSeconds(3));
        return turn;
    }

    @Test
    void isToldOfUnderNoLock() {
        AtomicInteger seen = new AtomicInteger(-1);
        PendingPlace turn = behindALapsedClaim(() -> seen.set(concurrentSeenByAnotherThread()));

        PendingPlace next = bulkhead.queue(null, null, told::incrementAndGet);

        assertThat(seen).hasValue(1);
        assertThat(turn.place()).isNotNull();
        assertThat(next.place()).isNull();
    }

    @Test
    void comesToWhoIsAboutToLeaveWhereNothingKeepsThePlaceAnyLonger() {
        PendingPlace turn = behindALapsedClaim(told::incrementAndGet);

        assertThat(turn.leave()).isFalse();

        assertThat(told).hasValue(1);
        assertThat(turn.place()).isNotNull();
    }

    @Test
    void comesWithALookThatAnyThreadCanFollow() {
        PendingPlace turn = behindALapsedClaim(told::incrementAndGet);

        time.advance(Duration.ZERO);

        assertThat(turn.place()).isNotNull();
        assertThat(concurrentSeenByAnotherThread()).isEqualTo(1);
    }

    private int concurrentSeenByAnotherThread() {
        try (Callers callers = new Callers()) {
            return (int) callers.start(() -> bulkhead.snapshot().concurrent()).result();
        }
    }
}
