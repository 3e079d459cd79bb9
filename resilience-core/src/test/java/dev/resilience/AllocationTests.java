package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A permitted call allocates nothing; the bound leaves room for what the JVM itself does meanwhile. */
class AllocationTests {

    private static final int CALLS = 1_000_000;
    private static final long NOISE = CALLS / 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", BulkheadConfig.DEFAULTS);

    static Stream<WindowSize> windows() {
        return Stream.of(
                WindowSize.calls(100), WindowSize.time(Duration.ofSeconds(30)), WindowSize.time(Duration.ofMillis(1)));
    }

    private static CircuitBreaker breaker(WindowSize window) {
        TripConfig everything = new TripConfig(10, 50, Duration.ofDays(1), 80, 50.0, 5);
        return new CircuitBreaker(
                "payments", BreakerConfig.DEFAULTS.withWindow(window).withTrip(everything));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void breakerAllocatesNothing(WindowSize window) throws Exception {
        CircuitBreaker breaker = breaker(window);
        assertAllocatesNothing(() -> breaker.call(() -> "made"));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void guardOfBreakerAndBulkheadAllocatesNothing(WindowSize window) throws Exception {
        Guard guard = Guard.of(breaker(window), bulkhead);
        assertAllocatesNothing(() -> guard.call(() -> "made"));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void guardWithAnArgumentAndARecoveryAllocatesNothing(WindowSize window) throws Exception {
        Guard guard = Guard.of(breaker(window), bulkhead);
        assertAllocatesNothing(() -> guard.<String, String, RuntimeException>call(
                "order 1", argument -> argument, (argument, thrown, outcome) -> "instead"));
    }

    @Test
    void bulkheadWithSharesAllocatesNothing() throws Exception {
        Criticality customer = Criticality.of("customer");
        SemaphoreBulkhead shared = new SemaphoreBulkhead(
                "payments", BulkheadConfig.DEFAULTS.withShares(Map.of("customer", 60, "batch", 20)));
        assertAllocatesNothing(() -> {
            BulkheadPermit permit = Objects.requireNonNull(shared.tryAcquire(customer));
            shared.release(permit, 0, 0);
            return "made";
        });
    }

    @Test
    void aTimeoutAllocatesTheAlarmAndNoMore() throws Exception {
        Guard guard = Guard.of(breaker(WindowSize.calls(100)), bulkhead).withTimeout(Duration.ofMinutes(1));
        allocated(() -> guard.call(() -> "made"));
        assertThat(allocated(() -> guard.call(() -> "made")) / CALLS)
                .as("bytes of a call")
                .isLessThanOrEqualTo(128);
    }

    private void assertAllocatesNothing(Callable<String> call) throws Exception {
        allocated(call);
        assertThat(allocated(call)).as("bytes of %d calls", CALLS).isLessThan(NOISE);
    }

    private long allocated(Callable<String> call) throws Exception {
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < CALLS; i++) {
            call.call();
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
