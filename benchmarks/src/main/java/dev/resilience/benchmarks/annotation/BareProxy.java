package dev.resilience.benchmarks.annotation;

import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The proxies that Spring makes, with next to nothing in them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BareProxy {

    private static final String ARGUMENT = "argument";

    private final Service empty;
    private final Service timed;
    private final Service throwing;
    private final Service throwingWithoutTrace;

    /** Starts the application. */
    public BareProxy() {
        ApplicationContext context = Applications.start(Application.class);
        empty = context.getBean("empty", Service.class);
        timed = context.getBean("timed", Service.class);
        throwing = context.getBean("throwing", Service.class);
        throwingWithoutTrace = context.getBean("throwingWithoutTrace", Service.class);
    }

    /** Makes a call through an interceptor that does nothing. */
    @Benchmark
    public String empty() {
        return empty.call(ARGUMENT);
    }

    /** Makes a call through an interceptor that reads the clock before and after it. */
    @Benchmark
    public String twoClockReads() {
        return timed.call(ARGUMENT);
    }

    /** Hears an exception with a stack trace from an interceptor. */
    @Benchmark
    public Object throwing() {
        return thrown(throwing);
    }

    /** Hears an exception without a stack trace from an interceptor. */
    @Benchmark
    public Object throwingWithoutTrace() {
        return thrown(throwingWithoutTrace);
    }

    private static Object thrown(Service service) {
        try {
            return service.call(ARGUMENT);
        } catch (Refused refused) {
            return refused;
        }
    }

    /** What is called. */
    public static class Service {

        /** Returns the argument. */
        public String call(String argument) {
            return argument;
        }
    }

    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(boolean withStackTrace) {
            super("refused", null, withStackTrace, withStackTrace);
        }
    }

    /** Four beans with an interceptor each. */
    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        Service empty() {
            return proxy(MethodInvocation::proceed);
        }

        @Bean
        Service timed() {
            return proxy(invocation -> {
                long startedAt = System.nanoTime();
                Object answer = invocation.proceed();
                if (System.nanoTime() < startedAt) {
                    throw new IllegalStateException("the clock ran backwards");
                }
                return answer;
            });
        }

        @Bean
        Service throwing() {
            return proxy(invocation -> {
                throw new Refused(true);
            });
        }

        @Bean
        Service throwingWithoutTrace() {
            return proxy(invocation -> {
                throw new Refused(false);
            });
        }

        private static Service proxy(MethodInterceptor interceptor) {
            ProxyFactory factory = new ProxyFactory(new Service());
            factory.setProxyTargetClass(true);
            factory.addAdvice(interceptor);
            return (Service) factory.getProxy();
        }
    }
}
