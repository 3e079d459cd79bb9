package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers.Caller;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.BulkheadOverride;
import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real threads and the real clock: calls that return, throw anything, wait and are interrupted, while everything changes. */
class GuardStressTests {

    private static final long SECONDS = Long.getLong("stress.seconds", 15);
    private static final int THREADS = 16;
    private static final int HIGHEST_LIMIT = 6;
    private static final BulkheadConfig FEW =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(HIGHEST_LIMIT).withQueue(6, Duration.ofMillis(2));
    private static final BreakerConfig LIVELY =
            BreakerConfig.DEFAULTS.withOpen(new OpenConfig(Duration.ofMillis(2), 2, Duration.ofMillis(8), 20));

    /** What a thread throws that is stopped from outside. */
    private static final class ThreadKilled extends Error {}

    private final CircuitBreaker breaker = new CircuitBreaker("stressed", LIVELY);
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("stressed", FEW);
    private final Guard guard = Guard.of(breaker, bulkhead);
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final LongAdder made = new LongAdder();
    private final LongAdder cancelledWaits = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder open = new LongAdder();

    @Test
    void leaksNoPermitWhateverIsThrownAndWhateverChanges() {
        try (Callers callers = new Callers()) {
            List<Caller> all = new ArrayList<>();
            IntStream.range(0, THREADS).forEach(i -> all.add(callers.start(() -> calls(new Random()))));
            all.add(callers.start(() -> orders(new Random(), all)));
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            while (System.nanoTime() < end && all.stream().allMatch(Caller::isUnderWay)) {
                LockSupport.parkNanos(1_000_000);
            }
            over.set(true);
            assertThat(all).allSatisfy(caller -> assertThat(caller.result()).isEqualTo("done"));
        }
        check();
    }

    private Object calls(Random random) {
        while (!over.get()) {
            boolean[] entered = {false};
            try {
                guard.call(() -> {
                    entered[0] = true;
                    made.increment();
                    return call(random);
                });
            } catch (Throwable thrown) {
                count(thrown, entered[0]);
            }
            Thread.interrupted();
        }
        return "done";
    }

    private void count(Throwable thrown, boolean entered) {
        if (entered) {
            return;
        }
        if (thrown instanceof CancellationException) {
            cancelledWaits.increment();
        } else {
            assertThat(thrown).isInstanceOf(CallRejectedException.class);
            (thrown instanceof BulkheadFullException ? full : open).increment();
            LockSupport.parkNanos(100_000);
        }
    }

    private Object call(Random random) throws Exception {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            LockSupport.parkNanos(random.nextInt(100_000));
            return switch (random.nextInt(20)) {
                case 0 -> throw new IOException("down");
                case 1 -> throw new IllegalStateException("down");
                case 2 -> throw new OutOfMemoryError("not really");
                case 3 -> throw new ThreadKilled();
                case 4 -> throw new InterruptedException();
                case 5 -> random.nextInt(20) == 0 ? deeper(0) : 0;
                default -> "made";
            };
        } finally {
            inside.decrementAndGet();
        }
    }

    private static long deeper(long depth) {
        return depth < 0 ? 0 : 1 + deeper(depth + 1);
    }

    private Object orders(Random random, List<Caller> all) {
        while (!over.get()) {
            LockSupport.parkNanos(random.nextInt(200_000));
            switch (random.nextInt(13)) {
                case 0 -> bulkhead.configure(FEW.withMaxConcurrent(1 + random.nextInt(HIGHEST_LIMIT)));
                case 1 -> bulkhead.override(new BulkheadOverride(null, null, 1 + random.nextInt(3), 2, null));
                case 2 -> bulkhead.clearOverride();
                case 3 -> breaker.force(Force.to(BreakerState.FORCED_OPEN));
                case 4 -> breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofNanos(300_000), null, null));
                case 5, 6, 7 -> breaker.release();
                case 8 -> breaker.reset();
                case 9 -> breaker.override(new BreakerOverride(GuardMode.SHADOW, null, Duration.ofMillis(1)));
                case 10 -> breaker.configure(LIVELY.withMaxKeys(1 + random.nextInt(9)));
                default -> all.get(random.nextInt(THREADS)).interrupt();
            }
        }
        return "done";
    }

    private void check() {
        BulkheadSnapshot places = bulkhead.snapshot();
        BreakerSnapshot judged = breaker.snapshot();
        System.out.println(made.sum() + " calls, " + full.sum() + " without a place, " + open.sum() + " refused by the"
                + " breaker, " + places.totals().evicted() + " evicted, " + cancelledWaits.sum()
                + " interrupted waits in " + judged.generation() + " generations of a guard");
        assertThat(places.concurrent()).as("places taken").isZero();
        assertThat(places.queueDepth()).as("callers queued").isZero();
        assertThat(judged.concurrent()).as("permits out").isZero();
        assertThat(most).as("calls at once").hasValueBetween(2, HIGHEST_LIMIT);
        assertThat(places.totals().permitted()).isEqualTo(made.sum());
        assertThat(places.totals().rejected().values().stream().reduce(0L, Long::sum))
                .isEqualTo(full.sum());
        assertThat(judged.totals().calls().values().stream().reduce(0L, Long::sum))
                .isEqualTo(made.sum() + cancelledWaits.sum());
        assertThat(judged.totals().allRejected()).isEqualTo(open.sum());
        assertThat(List.of(
                        made.sum(),
                        full.sum(),
                        open.sum(),
                        cancelledWaits.sum(),
                        places.totals().evicted()))
                .allSatisfy(count -> assertThat(count).isPositive());
    }
}
