package dev.resilience.benchmarks.annotation;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadMetricsAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerMetricsAutoConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Resilience4j's annotations in a Spring Boot application with its meters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Resilience4jAnnotations {

    private static final String ARGUMENT = "argument";

    private final Service service;
    private final Function<String, String> fromRegistry;

    /** Starts the application and opens the breakers of the refusals. */
    public Resilience4jAnnotations() {
        ApplicationContext context = Applications.start(
                Application.class,
                "resilience4j.circuitbreaker.configs.default.minimum-number-of-calls=10",
                "resilience4j.circuitbreaker.configs.default.wait-duration-in-open-state=1h",
                "resilience4j.circuitbreaker.instances.open-without-trace.writable-stack-trace-enabled=false");
        service = context.getBean(Service.class);
        Applications.open(() -> service.refused(Service.FAILING), CallNotPermittedException.class);
        Applications.open(() -> service.refusedWithoutTrace(Service.FAILING), CallNotPermittedException.class);
        fromRegistry = io.github.resilience4j.circuitbreaker.CircuitBreaker.decorateFunction(
                context.getBean(CircuitBreakerRegistry.class).circuitBreaker("core"), Function.identity());
    }

    /** Makes a call through a breaker of the application, with its events and meters, without a proxy. */
    @Benchmark
    public String breakerOfRegistry() {
        return fromRegistry.apply(ARGUMENT);
    }

    /** Makes a call with {@code @CircuitBreaker}. */
    @Benchmark
    public String breaker() {
        return service.breaker(ARGUMENT);
    }

    /** Makes a call with {@code @CircuitBreaker} and a fallback that is not needed. */
    @Benchmark
    public String breakerWithFallback() {
        return service.breakerWithFallback(ARGUMENT);
    }

    /** Makes a call with {@code @Bulkhead}. */
    @Benchmark
    public String bulkhead() {
        return service.bulkhead(ARGUMENT);
    }

    /** Makes a call with both. */
    @Benchmark
    public String both() {
        return service.both(ARGUMENT);
    }

    /** Is refused by an open breaker. */
    @Benchmark
    public Object openRejected() {
        try {
            return service.refused(ARGUMENT);
        } catch (CallNotPermittedException rejection) {
            return rejection;
        }
    }

    /** Is refused by an open breaker whose exceptions have no stack trace. */
    @Benchmark
    public Object openRejectedWithoutTrace() {
        try {
            return service.refusedWithoutTrace(ARGUMENT);
        } catch (CallNotPermittedException rejection) {
            return rejection;
        }
    }

    /** Is refused by an open breaker and answered by a fallback. */
    @Benchmark
    public String openFallback() {
        return service.recovered(ARGUMENT);
    }

    /** What is called. */
    public static class Service {

        private static final String FAILING = "failing";

        /** Returns the argument. */
        @CircuitBreaker(name = "breaker")
        public String breaker(String argument) {
            return argument;
        }

        /** Returns the argument. */
        @CircuitBreaker(name = "breaker-with-fallback", fallbackMethod = "recovery")
        public String breakerWithFallback(String argument) {
            return argument;
        }

        /** Returns the argument. */
        @Bulkhead(name = "bulkhead")
        public String bulkhead(String argument) {
            return argument;
        }

        /** Returns the argument. */
        @CircuitBreaker(name = "both")
        @Bulkhead(name = "both")
        public String both(String argument) {
            return argument;
        }

        /** Fails if told so. */
        @CircuitBreaker(name = "open")
        public String refused(String argument) {
            if (argument.equals(FAILING)) {
                throw new IllegalStateException(argument);
            }
            return argument;
        }

        /** Fails if told so. */
        @CircuitBreaker(name = "open-without-trace")
        public String refusedWithoutTrace(String argument) {
            return refused(argument);
        }

        /** Returns the argument. */
        @CircuitBreaker(name = "open", fallbackMethod = "recovery")
        public String recovered(String argument) {
            return argument;
        }

        /** Returns the argument. */
        public String recovery(String argument, Throwable thrown) {
            return argument;
        }
    }

    /** The guarded bean and a registry of meters. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        CircuitBreakerAutoConfiguration.class,
        CircuitBreakerMetricsAutoConfiguration.class,
        BulkheadAutoConfiguration.class,
        BulkheadMetricsAutoConfiguration.class
    })
    static class Application {

        @Bean
        Service service() {
            return new Service();
        }

        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
