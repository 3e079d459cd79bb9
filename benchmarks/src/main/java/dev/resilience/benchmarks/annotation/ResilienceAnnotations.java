package dev.resilience.benchmarks.annotation;

import dev.resilience.CallRejectedException;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import dev.resilience.spring.autoconfigure.GuardAopAutoConfiguration;
import dev.resilience.spring.autoconfigure.GuardMetricsAutoConfiguration;
import dev.resilience.spring.autoconfigure.ResilienceAutoConfiguration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This product's annotations in a Spring Boot application with its meters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ResilienceAnnotations {

    private static final String ARGUMENT = "argument";

    private final Service service;

    /** Starts the application and opens the breakers of the refusals. */
    public ResilienceAnnotations() {
        ApplicationContext context = Applications.start(
                Application.class,
                "resilience.defaults.breaker.window=100 calls",
                "resilience.defaults.breaker.open.duration=1h",
                "resilience.defaults.breaker.open.max-duration=1h");
        service = context.getBean(Service.class);
        Applications.open(() -> service.refused(Service.FAILING), CallRejectedException.class);
    }

    /** Makes a call with {@code @Breaker}. */
    @Benchmark
    public String breaker() {
        return service.breaker(ARGUMENT);
    }

    /** Makes a call with {@code @Breaker} and a fallback that is not needed. */
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
        } catch (CallRejectedException rejection) {
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
        @Breaker("breaker")
        public String breaker(String argument) {
            return argument;
        }

        /** Returns the argument. */
        @Breaker(name = "breaker-with-fallback", fallback = "recovery")
        public String breakerWithFallback(String argument) {
            return argument;
        }

        /** Returns the argument. */
        @Bulkhead("bulkhead")
        public String bulkhead(String argument) {
            return argument;
        }

        /** Returns the argument. */
        @Breaker("both")
        @Bulkhead("both")
        public String both(String argument) {
            return argument;
        }

        /** Fails if told so. */
        @Breaker("open")
        public String refused(String argument) {
            if (argument.equals(FAILING)) {
                throw new IllegalStateException(argument);
            }
            return argument;
        }

        /** Returns the argument. */
        @Breaker(name = "open", fallback = "recovery")
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
        ResilienceAutoConfiguration.class,
        GuardAopAutoConfiguration.class,
        GuardMetricsAutoConfiguration.class
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
