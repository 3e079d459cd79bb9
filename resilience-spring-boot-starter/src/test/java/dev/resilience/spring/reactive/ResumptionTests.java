package dev.resilience.spring.reactive;

import static dev.resilience.spring.reactive.GuardFixture.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.CallTimeoutException;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerOpenException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** What goes on where a subscription was refused or failed. */
class ResumptionTests {

    private final GuardFixture fixture = new GuardFixture();
    private final TestPublisher<String> provider = TestPublisher.create();
    private final List<Object> told = new ArrayList<>();
    private final Mono<String> mono = fixture.guarded(provider.mono(), this::cached);
    private final Flux<String> flux = fixture.guarded(provider.flux(), this::cached);

    private Publisher<String> cached(Throwable thrown, Outcome outcome) {
        told.add(thrown);
        told.add(outcome);
        return Flux.just("cached");
    }

    private void assertTold(Class<? extends Throwable> thrown, Outcome outcome) {
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isInstanceOf(thrown);
        assertThat(told.get(1)).isEqualTo(outcome);
        told.clear();
    }

    @AfterEach
    void assertNothingIsLeft() {
        fixture.assertNothingIsLeft();
    }

    @Test
    void followsARejection() {
        fixture.forceOpen();

        StepVerifier.create(mono).expectNext("cached").verifyComplete();
        assertTold(BreakerOpenException.class, null);
        StepVerifier.create(flux).expectNext("cached").verifyComplete();
        assertTold(BreakerOpenException.class, null);
    }

    @Test
    void followsAFailure() {
        IllegalStateException down = new IllegalStateException("down");

        StepVerifier.create(mono)
                .then(() -> provider.error(down))
                .expectNext("cached")
                .verifyComplete();
        assertTold(IllegalStateException.class, Outcome.FAILURE);
    }

    @Test
    void followsATimeout() {
        StepVerifier.create(mono)
                .then(() -> fixture.scheduler.advance(TIMEOUT))
                .expectNext("cached")
                .verifyComplete();
        assertTold(CallTimeoutException.class, Outcome.TIMEOUT);
        StepVerifier.create(flux)
                .then(() -> fixture.scheduler.advance(TIMEOUT))
                .expectNext("cached")
                .verifyComplete();
        assertTold(CallTimeoutException.class, Outcome.TIMEOUT);
    }

    @Test
    void followsSomeValues() {
        StepVerifier.create(flux, 0)
                .thenRequest(1)
                .then(() -> provider.next("paid"))
                .expectNext("paid")
                .then(() -> provider.error(new IllegalStateException("down")))
                .thenRequest(1)
                .expectNext("cached")
                .verifyComplete();
        assertTold(IllegalStateException.class, Outcome.FAILURE);
    }

    @Test
    void doesNotFollowASuccess() {
        StepVerifier.create(flux)
                .then(() -> provider.emit("paid"))
                .expectNext("paid")
                .verifyComplete();

        assertThat(told).isEmpty();
    }

    @Test
    void doesNotFollowACallerWhoGaveUp() {
        Deadline deadline = Deadline.after(Duration.ofMillis(1), fixture.ticker);

        StepVerifier.create(mono.contextWrite(Context.of(Deadline.CONTEXT_KEY, deadline)))
                .then(() -> fixture.scheduler.advance(Duration.ofMillis(1)))
                .verifyError(DeadlineExceededException.class);
        StepVerifier.create(mono)
                .then(() -> provider.error(new CancellationException("no longer")))
                .verifyError(CancellationException.class);

        assertThat(told).isEmpty();
        assertThat(fixture.counted(Outcome.CANCELLED)).isEqualTo(2);
    }

    @Test
    void isNotStartedByACancellation() {
        StepVerifier.create(mono)
                .then(provider::assertWasSubscribed)
                .thenCancel()
                .verify();
        StepVerifier.create(flux)
                .then(provider::assertWasSubscribed)
                .thenCancel()
                .verify();

        assertThat(told).isEmpty();
    }

    @Test
    void isCancelledWithTheSubscription() {
        TestPublisher<String> cache = TestPublisher.create();
        fixture.forceOpen();

        StepVerifier.create(fixture.guarded(provider.flux(), (thrown, outcome) -> cache.flux()))
                .then(() -> cache.next("cached"))
                .expectNext("cached")
                .thenCancel()
                .verify();

        cache.assertCancelled();
    }

    @Test
    void mayFailItself() {
        fixture.forceOpen();
        Mono<String> failing = fixture.guarded(provider.mono(), (thrown, outcome) -> {
            throw new IllegalArgumentException("nothing cached", thrown);
        });

        StepVerifier.create(failing)
                .verifyErrorSatisfies(thrown -> assertThat(thrown)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasCauseInstanceOf(BreakerOpenException.class));
    }
}
