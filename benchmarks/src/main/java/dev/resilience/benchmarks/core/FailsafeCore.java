package dev.resilience.benchmarks.core;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Timeout;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Failsafe: opens at 50 failures of the last 100 calls; measures no durations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FailsafeCore {

    private static final CheckedSupplier<String> CALL = () -> "answer";

    private final CircuitBreaker<String> closed = breaker();
    private final CircuitBreaker<String> open = breaker();
    private final Bulkhead<String> bulkhead = Bulkhead.of(25);
    private final FailsafeExecutor<String> guarded = Failsafe.with(breaker());
    private final FailsafeExecutor<String> refusing = Failsafe.with(open);
    private final FailsafeExecutor<String> both = Failsafe.with(breaker()).compose(Bulkhead.of(25));
    private final FailsafeExecutor<String> limited = Failsafe.with(breaker())
            .compose(Timeout.<String>builder(Duration.ofSeconds(1))
                    .withInterrupt()
                    .build());

    /** Opens the breaker of the refusals. */
    public FailsafeCore() {
        open.open();
    }

    private static CircuitBreaker<String> breaker() {
        return CircuitBreaker.<String>builder()
                .withFailureThreshold(50, 100)
                .withDelay(Duration.ofHours(1))
                .build();
    }

    /** Makes a call through a closed breaker. */
    @Benchmark
    public String decorated() {
        return guarded.get(CALL);
    }

    /** Asks a closed breaker and tells it of a success, which is all that its statistics need. */
    @Benchmark
    public boolean byHand() {
        boolean permitted = closed.tryAcquirePermit();
        closed.recordSuccess();
        return permitted;
    }

    /** Makes a call through a closed breaker, for at most a second. */
    @Benchmark
    public String timeout() {
        return limited.get(CALL);
    }

    /** Is refused by an open breaker with an exception. */
    @Benchmark
    public Object openRejected() {
        try {
            return refusing.get(CALL);
        } catch (CircuitBreakerOpenException rejection) {
            return rejection;
        }
    }

    /** Is refused by an open breaker that is asked for a permit. */
    @Benchmark
    public boolean openTryAcquire() {
        return open.tryAcquirePermit();
    }

    /** Takes a place and gives it back. */
    @Benchmark
    public boolean bulkheadPermit() {
        boolean taken = bulkhead.tryAcquirePermit();
        bulkhead.releasePermit();
        return taken;
    }

    /** Makes a call through a breaker and a bulkhead. */
    @Benchmark
    public String both() {
        return both.get(CALL);
    }
}
