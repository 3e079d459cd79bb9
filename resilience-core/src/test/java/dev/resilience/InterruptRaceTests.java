package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that end around their timeout: the alarm's interrupt must not reach what comes after them. */
class InterruptRaceTests {

    private static final int THREADS = 4;
    private static final long TIMEOUT = 60_000;

    private static final BreakerConfig NEVER_OPENS =
            BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS.withMinimumCalls(Integer.MAX_VALUE));

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong interruptedInside = new AtomicLong();
    private final AtomicLong interruptedAfterwards = new AtomicLong();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNoInterruptBehindAfterAHundredThousandCalls(boolean virtual) throws Exception {
        race(100_000, virtual);
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNoInterruptBehindAfterAMillionCalls(boolean virtual) throws Exception {
        race(1_000_000, virtual);
    }

    private void race(int total, boolean virtual) throws Exception {
        Guard guard = Guard.of(new CircuitBreaker("payments", NEVER_OPENS)).withTimeout(Duration.ofNanos(TIMEOUT));
        ThreadFactory factory = virtual ? VirtualThreads.factoryOrPlatform() : Thread::new;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            Thread thread = factory.newThread(() -> makeCalls(guard, total / THREADS, random));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.printf(
                "%d calls, %d timed out, %d interrupted inside, %d afterwards%n",
                calls.get(), timeouts.get(), interruptedInside.get(), interruptedAfterwards.get());
        assertThat(calls).hasValue(total);
        assertThat(interruptedAfterwards).hasValue(0);
        assertThat(timeouts).as("calls around the timeout").hasValueGreaterThan(total / 100);
        assertThat(interruptedInside).as("alarms in time").hasPositiveValue();
    }

    private void makeCalls(Guard guard, int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            long length = random.nextLong(2 * TIMEOUT);
            try {
                guard.<Long, Boolean, RuntimeException>call(length, this::spin);
            } catch (CallTimeoutException tooLong) {
                timeouts.incrementAndGet();
            } finally {
                interruptedAfterwards.addAndGet(Thread.interrupted() ? 1 : 0);
                calls.incrementAndGet();
            }
        }
    }

    private boolean spin(long nanos) {
        long start = Ticker.system().nanos();
        boolean interrupted = false;
        while (Ticker.system().nanos() - start < nanos && !interrupted) {
            Thread.onSpinWait();
            interrupted = Thread.currentThread().isInterrupted();
        }
        interruptedInside.addAndGet(interrupted ? 1 : 0);
        return interrupted;
    }
}
