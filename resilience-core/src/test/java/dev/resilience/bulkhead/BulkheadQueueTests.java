package dev.resilience.bulkhead;

import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.CallRejectedException;
import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a bulkhead does with callers that wait. */
class BulkheadQueueTests {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final BulkheadConfig ONE =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(20, LONG);

    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", ONE);

    @Test
    void letsAWaiterInWhenAPlaceComesBack() throws Exception {
        BulkheadPermit held = bulkhead.tryAcquire();
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> bulkhead.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            bulkhead.giveBack(held);
            assertThat(waiter.result()).isEqualTo("made");
        }
        assertThat(bulkhead.snapshot().totals().waited()).isEqualTo(1);
        assertThat(bulkhead.snapshot().totals().averageWait()).isPositive();
    }

    @Test
    void letsWaitersInInTheOrderOfTheirArrival() throws Exception {
        BulkheadPermit held = bulkhead.tryAcquire();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        try (Callers callers = new Callers()) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                callers.start(() -> bulkhead.call(() -> order.add(number)));
                awaitDepth(bulkhead, i + 1);
            }
            bulkhead.giveBack(held);
        }
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void refusesACallerForWhomTheQueueHasNoRoom() throws Exception {
        bulkhead.configure(ONE.withQueue(1, LONG));
        BulkheadPermit held = bulkhead.tryAcquire();
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> bulkhead.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            assertThatThrownBy(() -> bulkhead.call(() -> "made"))
                    .isInstanceOf(BulkheadFullException.class)
                    .hasMessage("Bulkhead 'payments' is full: 1 of 1 calls running, 1 of 1 places in the queue taken;"
                            + " try again in 1.0 s");
            bulkhead.giveBack(held);
            assertThat(waiter.result()).isEqualTo("made");
        }
        assertThat(bulkhead.snapshot().totals().rejected()).containsEntry(RejectionReason.FULL, 1L);
    }

    @Test
    void refusesAWaiterWhoseTimeIsOver() {
        ManualTicker ticker = new ManualTicker();
        SemaphoreBulkhead timed = new SemaphoreBulkhead(
                Name.of("payments"),
                ONE.withQueue(1, Duration.ofMillis(20)),
                GuardEnvironment.DEFAULT.withTicker(ticker));
        timed.tryAcquire();
        assertThatThrownBy(() -> timed.acquire(new WaitingCall() {
                    @Override
                    public void joined(Runnable wake) {
                        ticker.advance(Duration.ofMillis(20));
                    }
                }))
                .isInstanceOf(BulkheadFullException.class)
                .hasMessage("Bulkhead 'payments' is full: 1 of 1 calls running, waited 20 ms; try again in 1.0 s")
                .satisfies(thrown ->
                        assertThat(((CallRejectedException) thrown).reason()).isEqualTo(RejectionReason.WAIT_TIMEOUT));

        BulkheadTotals totals = timed.snapshot().totals();
        assertThat(totals.rejected()).containsEntry(RejectionReason.WAIT_TIMEOUT, 1L);
        assertThat(totals.averageWait()).hasMillis(20);
        assertThat(timed.snapshot().queueDepth()).isZero();
    }

    @Test
    void makesNobodyWaitForNoTimeAtAll() {
        bulkhead.configure(ONE.withQueue(5, Duration.ZERO));
        bulkhead.tryAcquire();
        assertThatThrownBy(() -> bulkhead.call(() -> "made"))
                .hasMessage("Bulkhead 'payments' is full: 1 of 1 calls running, 0 of 5 places in the queue taken;"
                        + " try again in 1.0 s");
        assertThat(bulkhead.snapshot().totals().waited()).isZero();
    }

    @Test
    void endsTheWaitOfAnInterruptedCallerAndKeepsItsFlag() throws Exception {
        BulkheadPermit held = bulkhead.tryAcquire();
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> bulkhead.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            waiter.interrupt();
            assertThat(waiter.thrown())
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessage("Interrupted while waiting for bulkhead 'payments'; the interrupt flag is still set");
            assertThat(waiter.endedInterrupted()).isTrue();
        }
        assertThat(bulkhead.snapshot().queueDepth()).isZero();
        assertThat(bulkhead.snapshot().totals().rejected().values()).containsOnly(0L);
        bulkhead.giveBack(held);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void doesNotAskForTheFlagOfACallerThatNeedNotWait() throws Exception {
        try (Callers callers = new Callers()) {
            Caller interrupted = callers.start(() -> {
                Thread.currentThread().interrupt();
                return bulkhead.call(() -> "made");
            });
            assertThat(interrupted.result()).isEqualTo("made");
            assertThat(interrupted.endedInterrupted()).isTrue();
        }
    }

    @Test
    void letsWaitersInWhenTheLimitIsRaised() throws Exception {
        BulkheadPermit held = bulkhead.tryAcquire();
        try (Callers callers = new Callers()) {
            Caller first = callers.start(() -> bulkhead.call(() -> "first"));
            awaitDepth(bulkhead, 1);
            bulkhead.configure(ONE.withMaxConcurrent(2));
            assertThat(first.result()).isEqualTo("first");
        }
        bulkhead.giveBack(held);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void letsNoWaiterInAboveALoweredLimit() throws Exception {
        bulkhead.configure(ONE.withMaxConcurrent(2));
        BulkheadPermit one = bulkhead.tryAcquire();
        BulkheadPermit other = bulkhead.tryAcquire();
        bulkhead.configure(ONE);
        try (Callers callers = new Callers()) {
            Caller waiter = callers.start(() -> bulkhead.call(() -> "made"));
            awaitDepth(bulkhead, 1);
            bulkhead.giveBack(one);
            assertThat(bulkhead.snapshot().queueDepth()).isEqualTo(1);
            assertThat(waiter.isUnderWay()).isTrue();
            bulkhead.giveBack(other);
            assertThat(waiter.result()).isEqualTo("made");
        }
    }

    @Test
    void losesNoPlaceToAWaiterWhoseTimeIsOver() throws Exception {
        bulkhead.configure(ONE.withMaxConcurrent(3).withQueue(8, Duration.ofMillis(10)));
        List<BulkheadPermit> held = List.of(bulkhead.tryAcquire(), bulkhead.tryAcquire(), bulkhead.tryAcquire());
        try (Callers callers = new Callers()) {
            List<Caller> waiters = IntStream.range(0, 8)
                    .mapToObj(i -> callers.start(() -> bulkhead.call(() -> "made")))
                    .toList();
            waiters.forEach(waiter -> assertThat(waiter.thrown()).isInstanceOf(BulkheadFullException.class));
        }
        held.forEach(bulkhead::giveBack);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(bulkhead.tryAcquire()).isNotNull();
        }
        assertThat(bulkhead.tryAcquire()).isNull();
    }

    @Test
    void givesBackThePlaceOfAWaiterWhoseCallCouldNotBeTold() {
        bulkhead.tryAcquire();
        Error broken = new Error("no memory for this");
        assertThatThrownBy(() -> bulkhead.acquire(new WaitingCall() {
                    @Override
                    public void joined(Runnable wake) {
                        throw broken;
                    }
                }))
                .isSameAs(broken);
        assertThat(bulkhead.snapshot().queueDepth()).isZero();
    }
}
