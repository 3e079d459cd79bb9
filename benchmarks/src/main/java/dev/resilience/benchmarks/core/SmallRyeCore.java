package dev.resilience.benchmarks.core;

import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.Future;
import io.smallrye.faulttolerance.core.Invocation;
import io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker;
import io.smallrye.faulttolerance.core.stopwatch.SystemStopwatch;
import io.smallrye.faulttolerance.core.timer.ThreadTimer;
import io.smallrye.faulttolerance.core.timer.Timer;
import io.smallrye.faulttolerance.core.util.ExceptionDecision;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The strategies of SmallRye Fault Tolerance without its CDI or programmatic layer: 50 percent of the last 100 calls, no durations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SmallRyeCore {

    private final Timer timer = new ThreadTimer(Runnable::run);
    private final CircuitBreaker<String> closed = breaker();
    private final CircuitBreaker<String> open = breaker();

    private CircuitBreaker<String> breaker() {
        return new CircuitBreaker<>(
                Invocation.invocation(),
                "breaker",
                ExceptionDecision.ALWAYS_FAILURE,
                TimeUnit.HOURS.toMillis(1),
                100,
                0.5,
                5,
                SystemStopwatch.INSTANCE,
                timer);
    }

    private static Future<String> call() {
        return Future.of("answer");
    }

    private static Future<String> failure() {
        return Future.ofError(new IllegalStateException("failure"));
    }

    /** Opens the breaker of the refusals. */
    @Setup
    public void open() {
        for (int calls = 0; calls < 100; calls++) {
            open.apply(new FaultToleranceContext<>(SmallRyeCore::failure, false));
        }
        if (open.currentState() != CircuitBreaker.STATE_OPEN) {
            throw new IllegalStateException("still not open");
        }
    }

    /** Ends the timer's thread. */
    @TearDown
    public void close() throws InterruptedException {
        timer.shutdown();
    }

    /** Makes a call through a closed breaker. */
    @Benchmark
    public String countWindow() throws Throwable {
        return closed.apply(new FaultToleranceContext<>(SmallRyeCore::call, false))
                .awaitBlocking();
    }

    /** Is refused by an open breaker with an exception. */
    @Benchmark
    public Object openRejected() throws Throwable {
        try {
            return open.apply(new FaultToleranceContext<>(SmallRyeCore::call, false))
                    .awaitBlocking();
        } catch (CircuitBreakerOpenException rejection) {
            return rejection;
        }
    }
}
