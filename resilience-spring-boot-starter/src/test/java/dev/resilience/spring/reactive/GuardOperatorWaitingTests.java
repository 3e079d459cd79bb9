package dev.resilience.spring.reactive;

import static dev.resilience.spring.reactive.GuardFixture.LONGEST_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.util.context.Context;

/** Subscriptions that find the only place taken. */
class GuardOperatorWaitingTests {

    private final GuardFixture fixture = new GuardFixture();
    private final PublisherProbe<Integer> probe = PublisherProbe.of(Flux.range(1, 5));
    private final Flux<Integer> waiting = fixture.guarded(probe.flux());
    private Disposable running;

    @BeforeEach
    void takeThePlace() {
        running = fixture.guarded(Mono.never()).subscribe();
        assertThat(fixture.running()).isOne();
    }

    @AfterEach
    void assertNothingIsLeft() {
        running.dispose();
        fixture.assertNothingIsLeft();
    }

    @Test
    void areDelayedUntilAPlaceIsFree() {
        StepVerifier.create(waiting)
                .expectSubscription()
                .then(() -> assertThat(fixture.queued()).isOne())
                .then(probe::assertWasNotSubscribed)
                .then(running::dispose)
                .expectNext(1, 2, 3, 4, 5)
                .verifyComplete();

        assertThat(fixture.counted(Outcome.SUCCESS)).isOne();
    }

    @Test
    void keepWhatIsRequestedMeanwhile() {
        List<Long> requests = new ArrayList<>();
        Flux<Integer> counted = fixture.guarded(probe.flux().doOnRequest(requests::add));

        StepVerifier.create(counted, 0)
                .expectSubscription()
                .thenRequest(1)
                .thenRequest(1)
                .then(running::dispose)
                .expectNext(1, 2)
                .thenRequest(1)
                .expectNext(3)
                .thenRequest(2)
                .expectNext(4, 5)
                .verifyComplete();

        assertThat(requests).containsExactly(2L, 1L, 2L);
    }

    @Test
    void leaveTheQueueWhenTheyAreCancelled() {
        StepVerifier.create(waiting)
                .then(() -> assertThat(fixture.queued()).isOne())
                .thenCancel()
                .verify();

        assertThat(fixture.queued()).isZero();
        assertThat(fixture.counted(Outcome.CANCELLED)).isOne();
        running.dispose();
        probe.assertWasNotSubscribed();
    }

    @Test
    void areRefusedWhereTheQueueIsFull() {
        Disposable queued = waiting.subscribe();

        StepVerifier.create(fixture.guarded(Mono.just("paid")))
                .verifyErrorSatisfies(thrown ->
                        assertThat(((BulkheadFullException) thrown).reason()).isEqualTo(RejectionReason.FULL));

        queued.dispose();
        assertThat(fixture.counted(Outcome.SUCCESS)).isZero();
    }

    @Test
    void areRefusedAfterTheLongestWait() {
        StepVerifier.create(waiting)
                .expectSubscription()
                .then(() -> fixture.scheduler.advance(LONGEST_WAIT))
                .verifyErrorSatisfies(thrown ->
                        assertThat(((BulkheadFullException) thrown).reason()).isEqualTo(RejectionReason.WAIT_TIMEOUT));

        probe.assertWasNotSubscribed();
        assertThat(fixture.allCounted()).isZero();
    }

    @Test
    void areRefusedWhenTheDeadlineOfTheContextComes() {
        Deadline deadline = Deadline.after(LONGEST_WAIT.dividedBy(2), fixture.ticker);

        StepVerifier.create(waiting.contextWrite(Context.of(Deadline.CONTEXT_KEY, deadline)))
                .expectSubscription()
                .then(() -> fixture.scheduler.advance(LONGEST_WAIT.dividedBy(2)))
                .verifyError(DeadlineExceededException.class);

        probe.assertWasNotSubscribed();
    }

    @Test
    void areEvictedWhenTheBreakerOpens() {
        StepVerifier.create(waiting)
                .expectSubscription()
                .then(fixture::forceOpen)
                .verifyError(BreakerOpenException.class);

        probe.assertWasNotSubscribed();
        assertThat(fixture.bulkhead.snapshot().totals().evicted()).isOne();
    }

    @Test
    void areNotLateBecauseTheyWaited() {
        StepVerifier.create(waiting)
                .expectSubscription()
                .then(() -> fixture.scheduler.advance(LONGEST_WAIT.dividedBy(2)))
                .then(running::dispose)
                .expectNextCount(5)
                .verifyComplete();

        assertThat(fixture.breaker.snapshot().totals().nanos()).containsEntry(Outcome.SUCCESS, 0L);
    }

    @Test
    void takeTheirContextToTheSource() {
        Mono<String> user = Mono.deferContextual(context -> Mono.just(context.get("user")));

        StepVerifier.create(fixture.guarded(user).contextWrite(Context.of("user", "ada")))
                .expectSubscription()
                .then(running::dispose)
                .expectNext("ada")
                .verifyComplete();
    }

    @Test
    void doNotWaitInShadowMode() {
        fixture.bulkhead.configure(BulkheadConfig.DEFAULTS
                .withMaxConcurrent(1)
                .withQueue(1, LONGEST_WAIT)
                .withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));

        StepVerifier.create(waiting).expectNextCount(5).verifyComplete();

        assertThat(fixture.bulkhead.snapshot().totals().shadowRejected()).isOne();
    }

    @Test
    void areResumedByAnotherPublisherWhereTheyAreRefused() {
        Flux<Integer> resumed = fixture.guarded(probe.flux(), (thrown, outcome) -> {
            assertThat(thrown).isInstanceOf(BulkheadFullException.class);
            assertThat(outcome).isNull();
            return Flux.just(42);
        });

        StepVerifier.create(resumed)
                .expectSubscription()
                .then(() -> fixture.scheduler.advance(LONGEST_WAIT))
                .expectNext(42)
                .verifyComplete();
    }
}
