package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers.Caller;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A short life of a guard: threads that call, wait, give up and are interrupted, while an operator resizes the bulkhead and forces
 * the breaker open. Threads interleave as they like: the seed gives the shape of a history again, not its every step.
 */
final class GuardHistory {

    private static final int CALLS_A_THREAD = 15;
    private static final int HIGHEST_LIMIT = 4;
    private static final long LONGEST_CALL = 60_000;
    private static final long LONGEST_PAUSE = 150_000;

    private final Random random;
    private final List<String> orders = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger full = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final CircuitBreaker breaker = new CircuitBreaker("payments", BreakerConfig.DEFAULTS);
    private final SemaphoreBulkhead bulkhead;
    private final Guard guard;
    private BulkheadConfig config;
    private int highest;

    GuardHistory(long seed) {
        random = new Random(seed);
        config = BulkheadConfig.DEFAULTS
                .withMaxConcurrent(1 + random.nextInt(HIGHEST_LIMIT))
                .withQueue(1 + random.nextInt(6), Duration.ofNanos(1 + random.nextInt(2_000_000)));
        highest = config.maxConcurrent();
        bulkhead = new SemaphoreBulkhead("payments", config);
        guard = Guard.of(breaker, bulkhead);
    }

    void play() {
        try (Callers callers = new Callers()) {
            List<Caller> all = IntStream.range(0, 3 + random.nextInt(6))
                    .mapToObj(i -> random.nextInt())
                    .map(seed -> callers.start(() -> calls(new Random(seed))))
                    .toList();
            while (all.stream().anyMatch(Caller::isUnderWay)) {
                order(all);
                LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE));
            }
            assertThat(all).allSatisfy(caller -> assertThat(caller.result()).isEqualTo("done"));
            check(all.size() * CALLS_A_THREAD);
        }
    }

    private Object calls(Random own) throws Exception {
        for (int i = 0; i < CALLS_A_THREAD; i++) {
            try {
                guard.call(() -> call(own));
                made.incrementAndGet();
            } catch (BulkheadFullException refused) {
                full.incrementAndGet();
            } catch (BreakerOpenException refused) {
                open.incrementAndGet();
            } catch (CancellationException interrupted) {
                assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
                cancelled.incrementAndGet();
            }
        }
        return "done";
    }

    private Object call(Random own) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        LockSupport.parkNanos(own.nextLong(LONGEST_CALL));
        return inside.decrementAndGet();
    }

    private void order(List<Caller> all) {
        switch (random.nextInt(6)) {
            case 0 -> resize(1 + random.nextInt(HIGHEST_LIMIT));
            case 1 -> forced(new Force(BreakerState.FORCED_OPEN, null, null, null));
            case 2 -> forced(new Force(BreakerState.FORCED_OPEN, Duration.ofNanos(200_000), null, null));
            case 3 -> interrupt(all.get(random.nextInt(all.size())));
            default -> reset();
        }
    }

    private void resize(int limit) {
        orders.add("limit " + limit);
        highest = Math.max(highest, limit);
        config = config.withMaxConcurrent(limit);
        bulkhead.configure(config);
    }

    private void forced(Force force) {
        orders.add("force " + force);
        breaker.force(force);
    }

    private void interrupt(Caller caller) {
        orders.add("interrupt");
        caller.interrupt();
    }

    private void reset() {
        orders.add("reset");
        breaker.reset();
    }

    private void check(int calls) {
        BulkheadSnapshot places = bulkhead.snapshot();
        BreakerSnapshot judged = breaker.snapshot();
        assertThat(places.concurrent()).as("places taken").isZero();
        assertThat(places.queueDepth()).as("callers queued").isZero();
        assertThat(judged.concurrent()).as("permits out").isZero();
        assertThat(most.get()).as("calls at once").isLessThanOrEqualTo(highest);
        assertThat(made.get() + full.get() + open.get() + cancelled.get()).isEqualTo(calls);
        assertThat(places.totals().permitted()).isEqualTo(made.get());
        assertThat(places.totals().rejected().values().stream().reduce(0L, Long::sum))
                .isEqualTo(full.get());
        assertThat(judged.totals().calls()).containsEntry(Outcome.SUCCESS, made.longValue());
        assertThat(judged.totals().calls()).containsEntry(Outcome.CANCELLED, cancelled.longValue());
        assertThat(judged.totals().allRejected()).isEqualTo(open.get());
        for (int i = 0; i < config.maxConcurrent(); i++) {
            assertThat(bulkhead.tryAcquire()).as("place %d", i).isNotNull();
        }
        assertThat(bulkhead.tryAcquire()).as("a place too many").isNull();
    }

    /** Returns how many waiters were evicted. */
    long evicted() {
        return bulkhead.snapshot().totals().evicted();
    }

    /** Returns how many waits were interrupted. */
    int cancelled() {
        return cancelled.get();
    }

    @Override
    public String toString() {
        return config + ", orders: " + orders;
    }
}
