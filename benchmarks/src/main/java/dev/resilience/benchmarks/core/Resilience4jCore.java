package dev.resilience.benchmarks.core;

import static io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE;
import static io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.SYNCHRONIZED;
import static io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType.COUNT_BASED;
import static io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType.TIME_BASED;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Resilience4j's core, without listeners, with the windows and limits of {@link ResilienceCore}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Resilience4jCore {

    private static final String ARGUMENT = "argument";
    private static final Function<String, String> CALL = Function.identity();

    private final CircuitBreaker open = open(true);
    private final Bulkhead bulkhead = Bulkhead.of("bulkhead", places(25));
    private final Bulkhead full = Bulkhead.of("full", places(1));
    private final Function<String, String> countSynchronized =
            guarded(breaker(counting(SYNCHRONIZED).build()));
    private final Function<String, String> countLockFree =
            guarded(breaker(counting(LOCK_FREE).build()));
    private final Function<String, String> timeSynchronized =
            guarded(breaker(timing(SYNCHRONIZED).build()));
    private final Function<String, String> timeLockFree =
            guarded(breaker(timing(LOCK_FREE).build()));
    private final Function<EveryHundredth, String> failing =
            CircuitBreaker.decorateFunction(breaker(counting(SYNCHRONIZED).build()), EveryHundredth::call);
    private final Function<String, String> refusing = guarded(open);
    private final Function<String, String> refusingWithoutTrace = guarded(open(false));
    private final Function<String, String> places = Bulkhead.decorateFunction(Bulkhead.of("places", places(25)), CALL);
    private final Function<String, String> crowded = Bulkhead.decorateFunction(full, CALL);
    private final Function<String, String> both = CircuitBreaker.decorateFunction(
            breaker(counting(SYNCHRONIZED).build()), Bulkhead.decorateFunction(Bulkhead.of("both", places(25)), CALL));

    /** Fills the only place of the full bulkhead. */
    public Resilience4jCore() {
        full.acquirePermission();
    }

    private static CircuitBreakerConfig.Builder counting(
            CircuitBreakerConfig.SlidingWindowSynchronizationStrategy strategy) {
        return CircuitBreakerConfig.custom().slidingWindow(100, 10, COUNT_BASED, strategy);
    }

    private static CircuitBreakerConfig.Builder timing(
            CircuitBreakerConfig.SlidingWindowSynchronizationStrategy strategy) {
        return CircuitBreakerConfig.custom().slidingWindow(30, 10, TIME_BASED, strategy);
    }

    private static CircuitBreaker breaker(CircuitBreakerConfig config) {
        return CircuitBreaker.of("breaker", config);
    }

    private static CircuitBreaker open(boolean withStackTrace) {
        CircuitBreaker breaker = breaker(counting(SYNCHRONIZED)
                .waitDurationInOpenState(Duration.ofHours(1))
                .writableStackTraceEnabled(withStackTrace)
                .build());
        breaker.transitionToOpenState();
        return breaker;
    }

    private static BulkheadConfig places(int count) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(count)
                .maxWaitDuration(Duration.ZERO)
                .writableStackTraceEnabled(false)
                .build();
    }

    private static Function<String, String> guarded(CircuitBreaker breaker) {
        return CircuitBreaker.decorateFunction(breaker, CALL);
    }

    /** Makes a call through a closed breaker with a count window under a lock, as is the default. */
    @Benchmark
    public String countWindowSynchronized() {
        return countSynchronized.apply(ARGUMENT);
    }

    /** Makes a call through a closed breaker with a count window without a lock. */
    @Benchmark
    public String countWindowLockFree() {
        return countLockFree.apply(ARGUMENT);
    }

    /** Makes a call through a closed breaker with a time window under a lock. */
    @Benchmark
    public String timeWindowSynchronized() {
        return timeSynchronized.apply(ARGUMENT);
    }

    /** Makes a call through a closed breaker with a time window without a lock. */
    @Benchmark
    public String timeWindowLockFree() {
        return timeLockFree.apply(ARGUMENT);
    }

    /** Makes a call, of which one in a hundred fails, through a closed breaker with a count window under a lock. */
    @Benchmark
    public @Nullable String failuresOfOnePercent(EveryHundredth dependency) {
        try {
            return failing.apply(dependency);
        } catch (IllegalStateException failure) {
            return failure.getMessage();
        }
    }

    /** Is refused by an open breaker with an exception that has a stack trace, as is the default. */
    @Benchmark
    public Object openRejected() {
        return refusal(refusing);
    }

    /** Is refused by an open breaker with an exception without a stack trace. */
    @Benchmark
    public Object openRejectedWithoutTrace() {
        return refusal(refusingWithoutTrace);
    }

    private static Object refusal(Function<String, String> call) {
        try {
            return call.apply(ARGUMENT);
        } catch (CallNotPermittedException rejection) {
            return rejection;
        }
    }

    /** Is refused by an open breaker that is asked for a permit. */
    @Benchmark
    public boolean openTryAcquire() {
        return open.tryAcquirePermission();
    }

    /** Takes a place and gives it back. */
    @Benchmark
    public boolean bulkheadPermit() {
        boolean taken = bulkhead.tryAcquirePermission();
        bulkhead.onComplete();
        return taken;
    }

    /** Makes a call through a bulkhead. */
    @Benchmark
    public String bulkhead() {
        return places.apply(ARGUMENT);
    }

    /** Is refused by a full bulkhead that is asked for a place. */
    @Benchmark
    public boolean fullTryAcquire() {
        return full.tryAcquirePermission();
    }

    /** Is refused by a full bulkhead with an exception without a stack trace. */
    @Benchmark
    public Object fullRejected() {
        try {
            return crowded.apply(ARGUMENT);
        } catch (BulkheadFullException rejection) {
            return rejection;
        }
    }

    /** Makes a call through a breaker and a bulkhead. */
    @Benchmark
    public String both() {
        return both.apply(ARGUMENT);
    }
}
