package dev.resilience.bulkhead;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.Criticality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real threads and the real clock: a flood of one class against the share of another. */
class ShareStressTests {

    private static final int LIMIT = 10;
    private static final int CUSTOMERS = 4;
    private static final int FLOOD = 20;
    private static final int ROUNDS = 300;
    private static final long SOON = Duration.ofMillis(1).toNanos();
    private static final Criticality CUSTOMER = Criticality.of("customer");
    private static final Criticality BATCH = Criticality.of("batch");

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final LongAdder made = new LongAdder();

    /** Every round ends only when all customers are inside at once, each of which has to find a place in the middle of the flood. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 100})
    void hasAllPlacesOfAShareForItsClassInAFlood(int queue) {
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
                "flooded",
                BulkheadConfig.DEFAULTS
                        .withMaxConcurrent(LIMIT)
                        .withQueue(queue, queue == 0 ? null : Duration.ofMillis(5))
                        .withShares(Map.of("customer", 100 * CUSTOMERS / LIMIT, "batch", 10)));
        CyclicBarrier together = new CyclicBarrier(CUSTOMERS);
        try (Callers callers = new Callers()) {
            IntStream.range(0, FLOOD).forEach(i -> callers.start(() -> flood(bulkhead, i % 2 == 0 ? BATCH : null)));
            List<Caller> customers = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                customers.add(callers.start(() -> meet(bulkhead, together)));
            }
            customers.forEach(customer -> assertThat(customer.result()).isEqualTo("met"));
            over.set(true);
        } finally {
            over.set(true);
        }
        assertThat(most.get()).isEqualTo(LIMIT);
        assertConsistent(bulkhead.snapshot());
    }

    private String flood(SemaphoreBulkhead bulkhead, @Nullable Criticality criticality) {
        while (!over.get()) {
            callOnce(bulkhead, criticality, () -> LockSupport.parkNanos(SOON));
        }
        return "over";
    }

    private String meet(SemaphoreBulkhead bulkhead, CyclicBarrier together) {
        for (int round = 0; round < ROUNDS; round++) {
            boolean in = false;
            while (!in) {
                in = callOnce(bulkhead, CUSTOMER, () -> awaitOthers(together));
            }
        }
        return "met";
    }

    private static void awaitOthers(CyclicBarrier together) {
        try {
            together.await(10, SECONDS);
        } catch (Exception alone) {
            throw new AssertionError("The others found no place", alone);
        }
    }

    private boolean callOnce(SemaphoreBulkhead bulkhead, @Nullable Criticality criticality, Runnable call) {
        BulkheadPermit permit;
        try {
            permit = bulkhead.acquire(criticality, WaitingCall.FOR_PLACE_ONLY);
        } catch (BulkheadFullException full) {
            LockSupport.parkNanos(SOON / 10);
            return false;
        }
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            call.run();
        } finally {
            inside.decrementAndGet();
            made.increment();
            bulkhead.release(permit, 0, 0);
        }
        return true;
    }

    private void assertConsistent(BulkheadSnapshot end) {
        assertThat(end.concurrent()).isZero();
        assertThat(end.queueDepth()).isZero();
        assertThat(end.totals().permitted()).isEqualTo(made.sum());
        assertThat(end.shares().get("customer").totals().permitted()).isEqualTo((long) ROUNDS * CUSTOMERS);
        assertThat(end.shares().values()).allSatisfy(share -> {
            assertThat(share.concurrent()).isZero();
            assertThat(share.queueDepth()).isZero();
        });
        assertThat(end.unreserved().concurrent()).isZero();
        assertThat(end.unreserved().queueDepth()).isZero();
    }
}
