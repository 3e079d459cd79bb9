package dev.resilience.benchmarks.annotation;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;

/** Spring Framework's own annotations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpringAnnotations {

    private static final String ARGUMENT = "argument";

    private final Service service;

    /** Starts the application. */
    public SpringAnnotations() {
        ApplicationContext context = Applications.start(Application.class);
        service = context.getBean(Service.class);
    }

    /** Makes a call with {@code @ConcurrencyLimit}. */
    @Benchmark
    public String bulkhead() {
        return service.limited(ARGUMENT);
    }

    /** Makes a call with {@code @Retryable} that succeeds. */
    @Benchmark
    public String retryable() {
        return service.retried(ARGUMENT);
    }

    /** What is called. */
    public static class Service {

        /** Returns the argument. */
        @ConcurrencyLimit(25)
        public String limited(String argument) {
            return argument;
        }

        /** Returns the argument. */
        @Retryable
        public String retried(String argument) {
            return argument;
        }
    }

    /** The bean. */
    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Application {

        @Bean
        Service service() {
            return new Service();
        }
    }
}
