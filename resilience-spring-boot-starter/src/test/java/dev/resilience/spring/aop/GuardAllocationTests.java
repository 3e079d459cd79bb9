package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.lang.management.ManagementFactory;
import java.util.function.UnaryOperator;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;

@SuppressWarnings("unused") // what is called by its name only
class GuardAllocationTests {

    private static final int WARM_UP = 300_000;
    private static final int CALLS = 500_000;

    /** Whatever the compiler makes of a loop, a guarded call has no object of its own, which would be 16 bytes at least. */
    private static final double LESS_THAN_AN_OBJECT = 1.0;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static class Client {

        @Breaker("allocation")
        public String breaker(String order) {
            return order;
        }

        @Breaker("allocation")
        @Bulkhead("allocation")
        public String both(String order) {
            return order;
        }

        @Breaker(name = "allocation", fallback = "cached")
        public String withFallback(String order) {
            return order;
        }

        private String cached(String order, Throwable thrown) {
            return order;
        }

        public String plain(String order) {
            return order;
        }
    }

    @Test
    void allocatesNoMoreThanAnEmptyInterceptorsProxy() {
        GuardRunner.with(Client.class).run(context -> {
            Client guarded = context.getBean(Client.class);
            double empty = bytesACall(empty()::plain);
            assertThat(bytesACall(guarded::breaker)).as("breaker").isLessThan(empty + LESS_THAN_AN_OBJECT);
            assertThat(bytesACall(guarded::both)).as("breaker and bulkhead").isLessThan(empty + LESS_THAN_AN_OBJECT);
            assertThat(bytesACall(guarded::withFallback))
                    .as("breaker with fallback")
                    .isLessThan(empty + LESS_THAN_AN_OBJECT);
        });
    }

    private static Client empty() {
        ProxyFactory factory = new ProxyFactory(new Client());
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
        return (Client) factory.getProxy();
    }

    private double bytesACall(UnaryOperator<String> call) {
        long thread = Thread.currentThread().getId();
        repeat(call, WARM_UP);
        long before = threads.getThreadAllocatedBytes(thread);
        repeat(call, CALLS);
        return (double) (threads.getThreadAllocatedBytes(thread) - before) / CALLS;
    }

    private static void repeat(UnaryOperator<String> call, int times) {
        String order = "7";
        for (int i = 0; i < times; i++) {
            order = call.apply(order);
        }
        assertThat(order).isEqualTo("7");
    }
}
