package dev.resilience.spring.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Guard;
import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.spring.ManualScheduler;
import dev.resilience.spring.ManualTicker;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A guard with a timeout of one second, one place and one more in the queue, whose time is turned by hand. */
final class GuardFixture {

    static final Duration TIMEOUT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofMillis(600);

    final ManualTicker ticker = new ManualTicker();
    final ManualScheduler scheduler = new ManualScheduler(ticker);
    final GuardEnvironment environment =
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(scheduler);
    final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("payments"),
            BreakerConfig.DEFAULTS.withTimeout(TIMEOUT),
            BreakerEnvironment.DEFAULT.withGuard(environment));
    final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"), BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, LONGEST_WAIT), environment);
    final Guard guard = Guard.of(breaker, bulkhead);

    <T> Mono<T> guarded(Mono<T> source) {
        return (Mono<T>) GuardOperator.<T>of(guard).apply(source);
    }

    <T> Flux<T> guarded(Flux<T> source) {
        return (Flux<T>) GuardOperator.<T>of(guard).apply(source);
    }

    <T> Mono<T> guarded(Mono<T> source, Resumption<T> instead) {
        return (Mono<T>) GuardOperator.of(guard, instead).apply(source);
    }

    <T> Flux<T> guarded(Flux<T> source, Resumption<T> instead) {
        return (Flux<T>) GuardOperator.of(guard, instead).apply(source);
    }

    void forceOpen() {
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
    }

    long counted(Outcome outcome) {
        return breaker.snapshot().totals().calls().get(outcome);
    }

    long allCounted() {
        return breaker.snapshot().totals().calls().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    int running() {
        return bulkhead.snapshot().concurrent();
    }

    int queued() {
        return bulkhead.snapshot().queueDepth();
    }

    /** Whatever a test does, nothing may be held and nothing may wait when it is over. */
    void assertNothingIsLeft() {
        assertThat(running()).as("places").isZero();
        assertThat(queued()).as("queue").isZero();
        assertThat(breaker.snapshot().concurrent()).as("permits").isZero();
        assertThat(scheduler.waiting()).as("alarms").isZero();
    }
}
