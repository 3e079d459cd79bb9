package dev.resilience.spring.reactive;

import static dev.resilience.spring.reactive.GuardFixture.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.CallTimeoutException;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOpenException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** Subscriptions that get their permits at once. */
class GuardOperatorTests {

    private static final Duration HALF = TIMEOUT.dividedBy(2);

    private final GuardFixture fixture = new GuardFixture();
    private final TestPublisher<String> provider = TestPublisher.create();
    private final TestPublisher<String> stream = TestPublisher.create();
    private final Mono<String> mono = fixture.guarded(provider.mono());
    private final Flux<String> flux = fixture.guarded(stream.flux());

    @AfterEach
    void assertNothingIsLeft() {
        fixture.assertNothingIsLeft();
    }

    private Deadline afterHalf() {
        return Deadline.after(HALF, fixture.ticker);
    }

    @Nested
    class ASubscription {

        @Test
        void asksForPermitsThatAssemblyDoesNot() {
            PublisherProbe<String> probe = PublisherProbe.of(Mono.just("paid"));
            Mono<String> assembled = fixture.guarded(probe.mono());
            fixture.assertNothingIsLeft();
            probe.assertWasNotSubscribed();

            StepVerifier.create(assembled).expectNext("paid").verifyComplete();

            assertThat(probe.subscribeCount()).isOne();
            assertThat(fixture.counted(Outcome.SUCCESS)).isOne();
        }

        @Test
        void asksAgainWhenItIsRepeated() {
            StepVerifier.create(fixture.guarded(Mono.just("paid")).repeat(2))
                    .expectNext("paid", "paid", "paid")
                    .verifyComplete();

            assertThat(fixture.counted(Outcome.SUCCESS)).isEqualTo(3);
        }

        @Test
        void asksAgainWhenItIsRetried() {
            StepVerifier.create(fixture.guarded(Flux.error(new IllegalStateException("down")))
                            .retry(2))
                    .verifyErrorMessage("down");

            assertThat(fixture.counted(Outcome.FAILURE)).isEqualTo(3);
        }

        @Test
        void isNotPassedOnWhereTheBreakerRefusesIt() {
            fixture.forceOpen();

            StepVerifier.create(mono).verifyError(BreakerOpenException.class);
            StepVerifier.create(flux).verifyError(BreakerOpenException.class);

            provider.assertWasNotSubscribed();
        }

        @Test
        void takesItsContextToTheSource() {
            Mono<String> user = Mono.deferContextual(context -> Mono.just(context.get("user")));

            StepVerifier.create(fixture.guarded(user).contextWrite(Context.of("user", "ada")))
                    .expectNext("ada")
                    .verifyComplete();
            StepVerifier.create(fixture.guarded(user.flux()).contextWrite(Context.of("user", "ada")))
                    .expectNext("ada")
                    .verifyComplete();
        }
    }

    @Nested
    class ThatEnds {

        @Test
        void isASuccessWithAValue() {
            StepVerifier.create(mono)
                    .then(() -> provider.emit("paid"))
                    .expectNext("paid")
                    .verifyComplete();
            StepVerifier.create(flux)
                    .then(() -> stream.emit("paid", "sent"))
                    .expectNext("paid", "sent")
                    .verifyComplete();

            assertThat(fixture.counted(Outcome.SUCCESS)).isEqualTo(2);
        }

        @Test
        void isASuccessWithoutAValue() {
            StepVerifier.create(mono).then(provider::complete).verifyComplete();
            StepVerifier.create(flux).then(stream::complete).verifyComplete();

            assertThat(fixture.counted(Outcome.SUCCESS)).isEqualTo(2);
        }

        @Test
        void isAFailureWithAnError() {
            IllegalStateException down = new IllegalStateException("down");

            StepVerifier.create(mono)
                    .then(() -> provider.error(down))
                    .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(down));
            StepVerifier.create(flux)
                    .then(() -> stream.next("paid"))
                    .expectNext("paid")
                    .then(() -> stream.error(down))
                    .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(down));

            assertThat(fixture.counted(Outcome.FAILURE)).isEqualTo(2);
        }

        @Test
        void isAFailureWhereTheSourceThrowsInsteadOfSignalling() {
            Flux<String> broken = new Flux<>() {
                @Override
                public void subscribe(CoreSubscriber<? super String> actual) {
                    throw new IllegalStateException("no subscription");
                }
            };

            StepVerifier.create(fixture.guarded(broken)).verifyErrorMessage("no subscription");

            assertThat(fixture.counted(Outcome.FAILURE)).isOne();
        }

        @Test
        void holdsThePermitsOfAFluxToItsEndButMeasuresToItsFirstValue() {
            StepVerifier.create(flux)
                    .then(() -> fixture.scheduler.advance(HALF))
                    .then(() -> stream.next("paid"))
                    .expectNext("paid")
                    .then(() -> fixture.scheduler.advance(Duration.ofMinutes(1)))
                    .then(() -> assertThat(fixture.running()).isOne())
                    .then(() ->
                            assertThat(fixture.breaker.snapshot().concurrent()).isOne())
                    .then(stream::complete)
                    .verifyComplete();

            assertThat(fixture.breaker.snapshot().totals().nanos()).containsEntry(Outcome.SUCCESS, HALF.toNanos());
        }
    }

    @Nested
    class ThatTakesTooLong {

        @Test
        void endsAtTheTimeoutAndCancelsTheSource() {
            StepVerifier.create(mono)
                    .then(() -> fixture.scheduler.advance(TIMEOUT))
                    .verifyError(CallTimeoutException.class);
            provider.assertCancelled();
            StepVerifier.create(flux)
                    .then(() -> fixture.scheduler.advance(TIMEOUT))
                    .verifyError(CallTimeoutException.class);
            stream.assertCancelled();

            assertThat(fixture.counted(Outcome.TIMEOUT)).isEqualTo(2);
        }

        @Test
        void isLateWithItsFirstValueAlsoWhereTheAlarmIsLater() {
            StepVerifier.create(mono)
                    .then(() -> fixture.ticker.advance(TIMEOUT))
                    .then(() -> provider.emit("too late"))
                    .verifyError(CallTimeoutException.class);
            StepVerifier.create(flux)
                    .then(() -> fixture.ticker.advance(TIMEOUT))
                    .then(() -> stream.next("too late"))
                    .verifyError(CallTimeoutException.class);

            assertThat(fixture.counted(Outcome.TIMEOUT)).isEqualTo(2);
            assertThat(fixture.allCounted()).isEqualTo(2);
        }

        @Test
        void isLateWithItsErrorOrItsEnd() {
            StepVerifier.create(flux)
                    .then(() -> fixture.ticker.advance(TIMEOUT))
                    .then(stream::complete)
                    .verifyError(CallTimeoutException.class);
            StepVerifier.create(fixture.guarded(Mono.<String>fromRunnable(() -> fixture.ticker.advance(TIMEOUT))
                            .then(Mono.<String>error(new IllegalStateException("down")))))
                    .verifyErrorSatisfies(thrown -> assertThat(thrown).isInstanceOf(CallTimeoutException.class));

            assertThat(fixture.counted(Outcome.TIMEOUT)).isEqualTo(2);
            assertThat(fixture.allCounted()).isEqualTo(2);
        }

        @Test
        void isMeasuredToTheFirstValueOnly() {
            StepVerifier.create(flux)
                    .then(() -> stream.next("paid"))
                    .expectNext("paid")
                    .then(() -> fixture.scheduler.advance(TIMEOUT.multipliedBy(3)))
                    .then(() -> stream.emit("sent"))
                    .expectNext("sent")
                    .verifyComplete();

            assertThat(fixture.counted(Outcome.SUCCESS)).isOne();
        }

        @Test
        void endsAtTheDeadlineOfTheContext() {
            StepVerifier.create(mono.contextWrite(Context.of(Deadline.CONTEXT_KEY, afterHalf())))
                    .then(() -> fixture.scheduler.advance(HALF))
                    .verifyError(DeadlineExceededException.class);

            provider.assertCancelled();
            assertThat(fixture.counted(Outcome.CANCELLED)).isOne();
        }

        @Test
        void endsAtTheDeadlineOfTheThreadThatSubscribes() {
            List<String> signals = new ArrayList<>();
            Deadline.Scope scope = afterHalf().open();
            mono.subscribe(new Recorder(signals, false));
            scope.close();
            fixture.scheduler.advance(HALF);

            assertThat(signals).containsExactly("DeadlineExceededException");
            provider.assertCancelled();
            assertThat(fixture.counted(Outcome.CANCELLED)).isOne();
        }

        @Test
        void endsAtTheDeadlineOfTheContextWhateverThatOfTheThreadIs() {
            Mono<String> patient = mono.contextWrite(
                    Context.of(Deadline.CONTEXT_KEY, Deadline.after(TIMEOUT.multipliedBy(2), fixture.ticker)));
            List<String> signals = new ArrayList<>();
            Deadline.Scope scope = afterHalf().open();
            patient.subscribe(new Recorder(signals, false));
            scope.close();
            fixture.scheduler.advance(TIMEOUT);

            assertThat(signals).containsExactly("CallTimeoutException");
        }

        @Test
        void isNotStartedWhereTheDeadlineIsOver() {
            Deadline over = Deadline.after(Duration.ZERO, fixture.ticker);

            StepVerifier.create(flux.contextWrite(Context.of(Deadline.CONTEXT_KEY, over)))
                    .verifyError(DeadlineExceededException.class);

            provider.assertWasNotSubscribed();
            assertThat(fixture.allCounted()).isZero();
        }

        @Test
        void isCountedAndGoesOnInShadowMode() {
            fixture.breaker.configure(BreakerConfig.DEFAULTS
                    .withTimeout(TIMEOUT)
                    .withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));

            StepVerifier.create(flux)
                    .then(() -> fixture.scheduler.advance(TIMEOUT))
                    .then(() -> stream.emit("paid", "sent"))
                    .expectNext("paid", "sent")
                    .verifyComplete();

            assertThat(fixture.counted(Outcome.TIMEOUT)).isOne();
            assertThat(fixture.allCounted()).isOne();
        }
    }

    @Nested
    class ThatIsCancelled {

        @Test
        void isGivenUpBeforeAValue() {
            StepVerifier.create(mono)
                    .then(provider::assertWasSubscribed)
                    .thenCancel()
                    .verify();
            StepVerifier.create(flux)
                    .then(stream::assertWasSubscribed)
                    .thenCancel()
                    .verify();

            provider.assertCancelled();
            stream.assertCancelled();
            assertThat(fixture.counted(Outcome.CANCELLED)).isEqualTo(2);
        }

        @Test
        void isASuccessAfterAValue() {
            StepVerifier.create(flux.take(1))
                    .then(() -> stream.next("paid"))
                    .expectNext("paid")
                    .verifyComplete();
            StepVerifier.create(flux.next())
                    .then(() -> stream.next("paid"))
                    .expectNext("paid")
                    .verifyComplete();
            StepVerifier.create(mono.flux().take(1))
                    .then(() -> provider.next("paid"))
                    .expectNext("paid")
                    .verifyComplete();

            assertThat(fixture.counted(Outcome.SUCCESS)).isEqualTo(3);
            assertThat(fixture.allCounted()).isEqualTo(3);
        }

        @Test
        void signalsNothingAfterwards() {
            List<String> signals = new ArrayList<>();
            fixture.guarded(Mono.just("paid")).subscribe(new Recorder(signals, true));
            fixture.guarded(Flux.just("paid", "sent")).subscribe(new Recorder(signals, true));

            assertThat(signals).containsExactly("paid", "paid");
        }

        @Test
        void signalsNothingAfterwardsAlsoWhereTheTimeWasOverBefore() {
            List<String> signals = new ArrayList<>();
            Recorder recorder = new Recorder(signals, false);
            mono.subscribe(recorder);
            fixture.scheduler.keep();
            fixture.scheduler.advance(TIMEOUT);
            recorder.cancel();
            fixture.scheduler.runKept();

            assertThat(signals).isEmpty();
            provider.assertCancelled();
            assertThat(fixture.counted(Outcome.TIMEOUT)).isOne();
        }

        @Test
        void isCancelledBeforeItAsksForPermits() {
            flux.subscribe(new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {
                    subscription.cancel();
                }
            });

            provider.assertWasNotSubscribed();
            assertThat(fixture.allCounted()).isZero();
        }
    }

    /** Writes down all that it is told, also after it has cancelled, which it may do at the first value. */
    private static final class Recorder implements CoreSubscriber<String> {

        private final List<String> signals;
        private final boolean onlyOne;
        private Subscription subscription = Operators.cancelledSubscription();

        Recorder(List<String> signals, boolean onlyOne) {
            this.signals = signals;
            this.onlyOne = onlyOne;
        }

        void cancel() {
            subscription.cancel();
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String value) {
            signals.add(value);
            if (onlyOne) {
                cancel();
            }
        }

        @Override
        public void onError(Throwable thrown) {
            signals.add(thrown.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    @Nested
    class ThatIsRequestedFrom {

        private final List<Long> requests = new ArrayList<>();

        private Flux<Integer> numbers() {
            return fixture.guarded(Flux.range(1, 5).hide().doOnRequest(requests::add));
        }

        @Test
        void passesOnWhatIsRequested() {
            StepVerifier.create(numbers(), 0)
                    .thenRequest(1)
                    .expectNext(1)
                    .thenRequest(2)
                    .expectNext(2, 3)
                    .thenCancel()
                    .verify();

            assertThat(requests).containsExactly(1L, 2L);
            assertThat(fixture.counted(Outcome.SUCCESS)).isOne();
        }

        @Test
        void isUnboundedWhereTheSubscriberIs() {
            StepVerifier.create(numbers()).expectNextCount(5).verifyComplete();

            assertThat(requests).containsExactly(Long.MAX_VALUE);
        }
    }
}
