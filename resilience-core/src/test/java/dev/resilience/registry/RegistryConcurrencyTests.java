package dev.resilience.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.CapturedLog;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.CircuitBreaker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegistryConcurrencyTests {

    private static final int THREADS = 16;
    private static final int KEYS = 500;

    /** Keeps the instances that it heard of. */
    private static class Heard implements InstanceListener<CircuitBreaker> {
        final ConcurrentLinkedQueue<String> added = new ConcurrentLinkedQueue<>();

        @Override
        public void added(CircuitBreaker instance) {
            added.add(instance.name().toString());
        }

        @Override
        public void dropped(CircuitBreaker instance) {
            throw new AssertionError(instance + " was dropped below the bound");
        }
    }

    @Test
    void makesOneInstanceAKeyForManyThreads() {
        BreakerRegistry breakers = new BreakerRegistry(BreakerConfig.DEFAULTS);
        Heard heard = new Heard();
        breakers.addListener(heard);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Set<CircuitBreaker> made = ConcurrentHashMap.newKeySet();
        try (Callers callers = new Callers()) {
            for (int thread = 0; thread < THREADS; thread++) {
                callers.start(() -> {
                    start.await();
                    IntStream.range(0, KEYS).forEach(key -> made.add(breakers.get("payments", "key-" + key)));
                    return null;
                });
            }
        }
        assertThat(made).hasSize(KEYS);
        assertThat(heard.added).hasSize(KEYS + 1).doesNotHaveDuplicates();
    }

    /** Counts by what listeners hear, one event after the other: a list of all is not of one moment. */
    @Test
    void holdsTheBoundForManyThreads() {
        BreakerRegistry breakers = new BreakerRegistry(BreakerConfig.DEFAULTS.withMaxKeys(10));
        AtomicInteger present = new AtomicInteger();
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        breakers.addListener(new InstanceListener<>() {
            @Override
            public void added(CircuitBreaker instance) {
                sizes.add(present.incrementAndGet());
            }

            @Override
            public void dropped(CircuitBreaker instance) {
                present.decrementAndGet();
            }
        });
        try (Callers callers = new Callers()) {
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * 100;
                callers.start(() -> {
                    for (int key = first; key < first + 100; key++) {
                        breakers.get("payments", "key-" + key).call(() -> "made");
                    }
                    return null;
                });
            }
        }
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(12));
        assertThat(breakers.find("payments").orElseThrow().all()).hasSize(present.get());
    }

    @Test
    void leavesNoNameBehindThatIsMadeWhileTheConfigurationChanges() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BreakerConfig next = BreakerConfig.DEFAULTS.withMaxKeys(7);
        BreakerRegistry breakers = new BreakerRegistry(
                name -> {
                    making.countDown();
                    awaitUninterruptibly(goOn);
                    return BreakerConfig.DEFAULTS;
                },
                BreakerEnvironment.DEFAULT);
        try (Callers callers = new Callers()) {
            Caller maker = callers.start(() -> breakers.get("payments"));
            making.await();
            Caller configurer = callers.start(() -> {
                breakers.configure(name -> next);
                return null;
            });
            awaitEndOrBlock(configurer);
            goOn.countDown();
            maker.result();
            configurer.result();
        }
        assertThat(breakers.get("payments").config()).isEqualTo(next);
        assertThat(breakers.get("payments", "later").config()).isEqualTo(next);
    }

    @Test
    void tellsANewListenerOfAnInstanceThatIsJustBeingMade() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BreakerRegistry breakers = new BreakerRegistry(BreakerConfig.DEFAULTS);
        breakers.addListener(new Heard() {
            @Override
            public void added(CircuitBreaker instance) {
                if (instance.name().key() != null) {
                    making.countDown();
                    awaitUninterruptibly(goOn);
                }
            }
        });
        breakers.get("payments");
        Heard late = new Heard();
        try (Callers callers = new Callers()) {
            Caller maker = callers.start(() -> breakers.get("payments", "eu-1"));
            making.await();
            Caller joiner = callers.start(() -> {
                breakers.addListener(late);
                return null;
            });
            awaitEndOrBlock(joiner);
            goOn.countDown();
            maker.result();
            joiner.result();
        }
        assertThat(late.added).containsExactly("payments", "payments[eu-1]");
    }

    /** Both are right: a change that waits for what is being made, and one that is over and reaches it nevertheless. */
    private static void awaitEndOrBlock(Caller caller) {
        await().until(() -> !caller.isUnderWay() || caller.isBlocked());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void goesOnWhereAListenerThrows() {
        BreakerRegistry breakers = new BreakerRegistry(BreakerConfig.DEFAULTS.withMaxKeys(1));
        Heard heard = new Heard() {
            @Override
            public void dropped(CircuitBreaker instance) {
                added.add("-" + instance.name());
            }
        };
        try (CapturedLog log = new CapturedLog(InstanceListener.class)) {
            breakers.addListener(new InstanceListener<>() {
                @Override
                public void added(CircuitBreaker instance) {
                    throw new IllegalStateException("no meter for this");
                }

                @Override
                public void dropped(CircuitBreaker instance) {
                    throw new IllegalStateException("no meter to remove");
                }
            });
            breakers.addListener(heard);
            breakers.get("payments", "a");
            breakers.get("payments", "b");
            assertThat(log.records())
                    .hasSize(4)
                    .allSatisfy(record -> assertThat(record.getThrown()).hasMessageStartingWith("no meter"));
            assertThat(log.records().get(0).getMessage())
                    .startsWith("The listener " + getClass().getName())
                    .endsWith(" threw for CircuitBreaker[payments CLOSED]; the guard goes on");
        }
        assertThat(heard.added).containsExactly("payments", "payments[a]", "-payments[a]", "payments[b]");
    }
}
