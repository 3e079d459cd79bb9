package dev.resilience.benchmarks.core;

import dev.resilience.CallRejectedException;
import dev.resilience.Guard;
import dev.resilience.GuardedCall;
import dev.resilience.Recovery;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** This product's core: windows of 100 calls or 30 seconds, 50 percent of at least 10, 25 places. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResilienceCore {

    private static final String ARGUMENT = "argument";
    private static final GuardedCall<String, String, RuntimeException> CALL = argument -> argument;
    private static final GuardedCall<EveryHundredth, String, RuntimeException> FAILING = EveryHundredth::call;
    private static final Recovery<String, String, RuntimeException> RECOVERY = (argument, thrown, outcome) -> argument;
    private static final BreakerConfig COUNT = BreakerConfig.DEFAULTS.withWindow(WindowSize.calls(100));
    private static final Duration HOUR = Duration.ofHours(1);

    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("bulkhead", BulkheadConfig.DEFAULTS);
    private final SemaphoreBulkhead full = new SemaphoreBulkhead("full", BulkheadConfig.DEFAULTS.withMaxConcurrent(1));
    private final CircuitBreaker open = open();
    private final Guard counting = Guard.of(new CircuitBreaker("counting", COUNT));
    private final Guard timing = Guard.of(new CircuitBreaker("timing", BreakerConfig.DEFAULTS));
    private final Guard failing = Guard.of(new CircuitBreaker("failing", COUNT));
    private final Guard limited = Guard.of(new CircuitBreaker("limited", COUNT)).withTimeout(Duration.ofSeconds(1));
    private final Guard refusing = Guard.of(open);
    private final Guard crowded = Guard.of(full);
    private final Guard places = Guard.of(new SemaphoreBulkhead("places", BulkheadConfig.DEFAULTS));
    private final Guard both =
            Guard.of(new CircuitBreaker("both", COUNT), new SemaphoreBulkhead("both", BulkheadConfig.DEFAULTS));

    /** Fills the only place of the full bulkhead. */
    public ResilienceCore() {
        if (full.tryAcquire() == null) {
            throw new IllegalStateException("no place in an empty bulkhead");
        }
    }

    private static CircuitBreaker open() {
        CircuitBreaker breaker = new CircuitBreaker("open", COUNT.withOpen(new OpenConfig(HOUR, 1, HOUR, 0)));
        Guard guard = Guard.of(breaker);
        for (int failures = 0; failures < 10; failures++) {
            guard.<String, String, RuntimeException>call(
                    ARGUMENT,
                    argument -> {
                        throw new IllegalStateException(argument);
                    },
                    RECOVERY);
        }
        return breaker;
    }

    /** Makes a call through a closed breaker with a count window. */
    @Benchmark
    public String countWindow() {
        return counting.call(ARGUMENT, CALL);
    }

    /** Makes a call through a closed breaker with a time window. */
    @Benchmark
    public String timeWindow() {
        return timing.call(ARGUMENT, CALL);
    }

    /** Makes a call, of which one in a hundred fails, through a closed breaker with a count window. */
    @Benchmark
    public @Nullable String failuresOfOnePercent(EveryHundredth dependency) {
        try {
            return failing.call(dependency, FAILING);
        } catch (IllegalStateException failure) {
            return failure.getMessage();
        }
    }

    /** Makes a call through a closed breaker, for at most a second. */
    @Benchmark
    public String timeout() {
        return limited.call(ARGUMENT, CALL);
    }

    /** Is refused by an open breaker with an exception. */
    @Benchmark
    public Object openRejected() {
        try {
            return refusing.call(ARGUMENT, CALL);
        } catch (BreakerOpenException rejection) {
            return rejection;
        }
    }

    /** Is refused by an open breaker that is asked for a permit. */
    @Benchmark
    public Object openAcquire() {
        try {
            BreakerPermit permit = open.acquire();
            open.giveBack(permit);
            return permit;
        } catch (BreakerOpenException rejection) {
            return rejection;
        }
    }

    /** Is refused by an open breaker and does something else. */
    @Benchmark
    public String openRecovered() {
        return refusing.call(ARGUMENT, CALL, RECOVERY);
    }

    /** Takes a place and gives it back. */
    @Benchmark
    public Object bulkheadPermit() {
        BulkheadPermit place = bulkhead.tryAcquire();
        if (place == null) {
            throw new IllegalStateException("more threads than places");
        }
        bulkhead.giveBack(place);
        return place;
    }

    /** Makes a call through a bulkhead. */
    @Benchmark
    public String bulkhead() {
        return places.call(ARGUMENT, CALL);
    }

    /** Is refused by a full bulkhead that is asked for a place. */
    @Benchmark
    public @Nullable Object fullTryAcquire() {
        return full.tryAcquire();
    }

    /** Is refused by a full bulkhead with an exception. */
    @Benchmark
    public Object fullRejected() {
        try {
            return crowded.call(ARGUMENT, CALL);
        } catch (CallRejectedException rejection) {
            return rejection;
        }
    }

    /** Makes a call through a breaker and a bulkhead as one guard. */
    @Benchmark
    public String both() {
        return both.call(ARGUMENT, CALL);
    }
}
