package dev.resilience.spring.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Guard;
import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Scheduler;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Threads that race to end the same subscriptions: the alarm, the subscriber who gives up, and the source with its value. */
class GuardOperatorStressTests {

    private static final int ROUNDS = 100_000;
    private static final int AT_ONCE = 50;

    private final CapturingScheduler scheduler = new CapturingScheduler();
    private final GuardEnvironment environment = GuardEnvironment.DEFAULT.withScheduler(scheduler);
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("raced"),
            BreakerConfig.DEFAULTS
                    .withTimeout(Duration.ofHours(1))
                    .withTrip(BreakerConfig.DEFAULTS.trip().withMinimumCalls(Integer.MAX_VALUE)),
            BreakerEnvironment.DEFAULT.withGuard(environment));
    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead(Name.of("raced"), BulkheadConfig.DEFAULTS.withMaxConcurrent(AT_ONCE), environment);
    private final Guard guard = Guard.of(breaker, bulkhead);
    private final AtomicInteger values = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();

    /** Keeps the alarm that was set last, for who wants to sound it. */
    private static final class CapturingScheduler implements Scheduler {

        private Callable<?> last = () -> null;

        @Override
        public Future<?> schedule(Callable<?> task, long nanos) {
            last = task;
            return new CompletableFuture<>();
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    /** One subscription with all that may end it. */
    private static final class Race implements CoreSubscriber<String> {

        private final AtomicInteger terminals = new AtomicInteger();
        private final AtomicInteger received = new AtomicInteger();
        private volatile boolean sawValueAfterEnd;
        private volatile boolean failed;
        private Subscription subscription = Operators.cancelledSubscription();
        private CoreSubscriber<? super String> source = this;
        private Callable<?> alarm = () -> null;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String value) {
            received.incrementAndGet();
            sawValueAfterEnd |= terminals.get() > 0;
        }

        @Override
        public void onError(Throwable thrown) {
            failed = true;
            terminals.incrementAndGet();
        }

        @Override
        public void onComplete() {
            terminals.incrementAndGet();
        }

        void signal() {
            source.onNext("paid");
            source.onComplete();
        }

        void soundTheAlarm() {
            try {
                alarm.call();
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        }

        void giveUp() {
            subscription.cancel();
        }
    }

    private Race subscribed(boolean single) {
        Race race = new Race();
        Publisher<String> source = subscriber -> {
            race.source = Operators.toCoreSubscriber(subscriber);
            subscriber.onSubscribe(Operators.emptySubscription());
        };
        Publisher<String> either = single ? Mono.fromDirect(source) : Flux.from(source);
        GuardOperator.<String>of(guard).apply(either).subscribe(race);
        race.alarm = scheduler.last;
        return race;
    }

    @Test
    void endOnceAndGiveTheirPermitsBack() throws Exception {
        List<Race> races = new ArrayList<>();
        CyclicBarrier barrier = new CyclicBarrier(4);
        List<Thread> threads = List.of(
                racing(races, barrier, Race::signal),
                racing(races, barrier, Race::soundTheAlarm),
                racing(races, barrier, Race::giveUp));
        for (int round = 0; round < ROUNDS; round += AT_ONCE) {
            for (int i = 0; i < AT_ONCE; i++) {
                races.add(subscribed(i % 2 == 0));
            }
            barrier.await(20, TimeUnit.SECONDS);
            barrier.await(20, TimeUnit.SECONDS);
            races.forEach(this::check);
            races.clear();
            assertThat(bulkhead.snapshot().concurrent()).isZero();
            assertThat(breaker.snapshot().concurrent()).isZero();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(List.of(values.get(), errors.get(), silent.get()))
                .allSatisfy(count -> assertThat(count).isPositive());
    }

    private static Thread racing(List<Race> races, CyclicBarrier barrier, Consumer<Race> ending) {
        Thread thread = new Thread(() -> {
            for (int round = 0; round < ROUNDS; round += AT_ONCE) {
                await(barrier);
                races.forEach(ending);
                await(barrier);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    private void check(Race race) {
        assertThat(race.terminals).hasValueLessThanOrEqualTo(1);
        assertThat(race.received).hasValueLessThanOrEqualTo(1);
        assertThat(race.sawValueAfterEnd).isFalse();
        assertThat(race.failed && race.received.get() > 0).isFalse();
        (race.failed ? errors : race.received.get() > 0 ? values : silent).incrementAndGet();
    }
}
