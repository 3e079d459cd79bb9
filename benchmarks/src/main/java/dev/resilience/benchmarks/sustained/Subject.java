package dev.resilience.benchmarks.sustained;

import dev.resilience.CallRejectedException;
import dev.resilience.Guard;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;

/** Who guards the calls: windows of 100 calls, 50 percent of at least 10, open for 50 ms, 5 probes. */
enum Subject {

    /** Nobody. */
    UNGUARDED {
        @Override
        Dependency guarded(Scenario scenario, Dependency dependency) {
            return dependency;
        }

        @Override
        boolean isRefusal(RuntimeException thrown) {
            return false;
        }
    },

    /** This product. */
    RESILIENCE {
        @Override
        Dependency guarded(Scenario scenario, Dependency dependency) {
            Guard guard = scenario == Scenario.OVERLOAD
                    ? Guard.of(new SemaphoreBulkhead(
                            "bulkhead", BulkheadConfig.DEFAULTS.withMaxConcurrent(Scenario.PLACES)))
                    : Guard.of(new CircuitBreaker(
                            "breaker",
                            BreakerConfig.DEFAULTS
                                    .withWindow(WindowSize.calls(100))
                                    .withOpen(new OpenConfig(OPEN_FOR, 1, OPEN_FOR, 0))
                                    .withHalfOpen(new HalfOpenConfig(PROBES, Duration.ofSeconds(30), Duration.ZERO))));
            return () -> guard.call(dependency, Dependency::call);
        }

        @Override
        boolean isRefusal(RuntimeException thrown) {
            return thrown instanceof CallRejectedException;
        }
    },

    /** Resilience4j, with exceptions without stack traces. */
    RESILIENCE4J {
        @Override
        Dependency guarded(Scenario scenario, Dependency dependency) {
            if (scenario == Scenario.OVERLOAD) {
                Bulkhead bulkhead = Bulkhead.of(
                        "bulkhead",
                        io.github.resilience4j.bulkhead.BulkheadConfig.custom()
                                .maxConcurrentCalls(Scenario.PLACES)
                                .maxWaitDuration(Duration.ZERO)
                                .writableStackTraceEnabled(false)
                                .build());
                return Bulkhead.decorateSupplier(bulkhead, dependency::call)::get;
            }
            io.github.resilience4j.circuitbreaker.CircuitBreaker breaker =
                    io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                            "breaker",
                            CircuitBreakerConfig.custom()
                                    .slidingWindowSize(100)
                                    .minimumNumberOfCalls(10)
                                    .waitDurationInOpenState(OPEN_FOR)
                                    .permittedNumberOfCallsInHalfOpenState(PROBES)
                                    .writableStackTraceEnabled(false)
                                    .build());
            return io.github.resilience4j.circuitbreaker.CircuitBreaker.decorateSupplier(breaker, dependency::call)
                    ::get;
        }

        @Override
        boolean isRefusal(RuntimeException thrown) {
            return thrown instanceof CallNotPermittedException || thrown instanceof BulkheadFullException;
        }
    };

    private static final Duration OPEN_FOR = Duration.ofMillis(50);
    private static final int PROBES = 5;

    /** Returns the dependency as its callers see it. */
    abstract Dependency guarded(Scenario scenario, Dependency dependency);

    /** Returns whether an exception says that no call was made. */
    abstract boolean isRefusal(RuntimeException thrown);
}
