package dev.resilience.benchmarks.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.util.ConcurrencyThrottleSupport;

/** What is under Spring Framework's {@code @ConcurrencyLimit}: a lock and a count, with 25 places. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpringThrottle {

    private final Throttle throttle = new Throttle();

    /** Takes a place and gives it back. */
    @Benchmark
    public Object bulkheadPermit() {
        throttle.beforeAccess();
        throttle.afterAccess();
        return throttle;
    }

    private static final class Throttle extends ConcurrencyThrottleSupport {

        private static final long serialVersionUID = 1L;

        Throttle() {
            setConcurrencyLimit(25);
        }

        @Override
        protected void beforeAccess() {
            super.beforeAccess();
        }

        @Override
        protected void afterAccess() {
            super.afterAccess();
        }
    }
}
