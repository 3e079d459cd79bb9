package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.ExceptionRules;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Calls that answer later, with a clock and a scheduler that are turned by hand. */
class AsyncCallTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler scheduler = new ManualScheduler(ticker);
    private final GuardEnvironment environment =
            GuardEnvironment.DEFAULT.withTicker(ticker).withScheduler(scheduler);
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("payments"),
            BreakerConfig.DEFAULTS.withTimeout(SECOND),
            BreakerEnvironment.DEFAULT.withGuard(environment));
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"),
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, Duration.ofMillis(600)),
            environment);
    private final Guard guard = Guard.of(breaker, bulkhead);
    private final CompletableFuture<String> provider = new CompletableFuture<>();

    private long counted(Outcome outcome) {
        return breaker.snapshot().totals().calls().get(outcome);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return future.handle((result, thrown) -> thrown).join();
    }

    /** Whatever a test does, nothing may be held and nothing may wait when it is over. */
    @AfterEach
    void assertNothingIsLeft() {
        assertThat(bulkhead.snapshot().concurrent()).as("places").isZero();
        assertThat(bulkhead.snapshot().queueDepth()).as("queue").isZero();
        assertThat(breaker.snapshot().concurrent()).as("permits").isZero();
        assertThat(scheduler.waiting()).as("alarms").isZero();
    }

    @Nested
    class WithPermitsAtOnce {

        @Test
        void holdThemUntilTheAnswer() {
            CompletableFuture<String> answer = guard.callAsync(() -> provider);
            assertThat(answer).isNotDone();
            assertThat(bulkhead.snapshot().concurrent()).isOne();

            ticker.advance(Duration.ofMillis(300));
            provider.complete("paid");

            assertThat(answer).isCompletedWithValue("paid");
            assertThat(counted(Outcome.SUCCESS)).isOne();
            assertThat(breaker.snapshot().totals().nanos())
                    .containsEntry(Outcome.SUCCESS, Duration.ofMillis(300).toNanos());
        }

        @Test
        void unwrapWhatAFailureIsWrappedIn() {
            breaker.configure(
                    BreakerConfig.DEFAULTS.withExceptions(new ExceptionRules(List.of(), List.of(IOException.class))));
            CompletableFuture<String> answer = guard.callAsync(() -> provider.thenApply(text -> text));

            provider.completeExceptionally(new IOException("broken"));

            assertThat(failure(answer)).isInstanceOf(CompletionException.class).hasCauseInstanceOf(IOException.class);
            assertThat(counted(Outcome.IGNORED)).isOne();
        }

        @Test
        void putWhatTheMethodThrowsIntoTheFuture() {
            CompletableFuture<String> answer = guard.callAsync(() -> {
                throw new IOException("broken");
            });

            assertThat(failure(answer)).hasMessage("broken");
            assertThat(counted(Outcome.FAILURE)).isOne();
        }

        @Test
        void takeANullStageForAFailure() {
            CompletableFuture<String> answer = guard.callAsync(() -> null);

            assertThat(failure(answer)).hasMessage("The guarded call returned null instead of a CompletionStage");
            assertThat(counted(Outcome.FAILURE)).isOne();
        }

        @Test
        void cancelTheSourceWhenTheFutureIs() {
            CompletableFuture<String> answer = guard.callAsync(() -> provider);
            answer.cancel(true);

            assertThat(provider).isCancelled();
            assertThat(counted(Outcome.CANCELLED)).isOne();
        }

        @Test
        void areGivenUpByACallerThatCompletesTheFutureItself() {
            CompletableFuture<String> answer = guard.callAsync(() -> provider);
            answer.complete("no longer needed");

            assertThat(provider).isCancelled();
            assertThat(counted(Outcome.CANCELLED)).isOne();
        }

        @Test
        void areNotOfferedToACallerOfADependentStage() {
            CompletableFuture<Integer> dependent =
                    guard.callAsync(() -> provider).thenApply(String::length);
            dependent.cancel(true);

            assertThat(provider).isNotDone();
            provider.complete("paid");
            assertThat(counted(Outcome.SUCCESS)).isOne();
        }

        @Test
        void leaveAStageThatCannotBeCancelledAlone() {
            CompletableFuture<String> answer = guard.callAsync(() -> new Uncancellable(provider));
            scheduler.advance(SECOND);

            assertThat(failure(answer)).isInstanceOf(CallTimeoutException.class);
            assertThat(provider).isNotDone();
        }
    }

    /** A stage as some libraries have them. */
    private static final class Uncancellable extends CompletableFuture<String> {

        @SuppressWarnings("FutureReturnValueIgnored") // the dependent stage only passes the value on
        Uncancellable(CompletableFuture<String> source) {
            source.thenAccept(this::complete);
        }

        @Override
        public CompletableFuture<String> toCompletableFuture() {
            throw new UnsupportedOperationException();
        }
    }

    @Nested
    class ThatTakeTooLong {

        @Test
        void endAtTheTimeoutAndCancelTheSource() {
            CompletableFuture<String> answer = guard.callAsync(() -> provider);
            scheduler.advance(SECOND);

            assertThat(failure(answer)).isInstanceOf(CallTimeoutException.class);
            assertThat(provider).isCancelled();
            assertThat(counted(Outcome.TIMEOUT)).isOne();
        }

        @Test
        void areLateAlsoWhereTheAlarmIsLater() {
            CompletableFuture<String> answer = guard.callAsync(() -> provider);
            ticker.advance(SECOND);
            provider.complete("too late");

            assertThat(failure(answer)).isInstanceOf(CallTimeoutException.class);
            assertThat(counted(Outcome.TIMEOUT)).isOne();
            assertThat(counted(Outcome.SUCCESS)).isZero();
        }

        @Test
        void endAtTheDeadlineAsGivenUp() {
            CompletableFuture<String> answer;
            Deadline.Scope scope = Deadline.after(SECOND.dividedBy(2), ticker).open();
            answer = guard.callAsync(() -> provider);
            scope.close();
            scheduler.advance(SECOND.dividedBy(2));

            assertThat(failure(answer)).isInstanceOf(DeadlineExceededException.class);
            assertThat(counted(Outcome.CANCELLED)).isOne();
        }

        @Test
        void areGivenUpWhereSomethingFurtherInFindsTheDeadlineOver() {
            Deadline.Scope scope = Deadline.after(SECOND.dividedBy(2), ticker).open();
            CompletableFuture<String> answer = guard.callAsync(() -> provider);
            scope.close();
            ticker.advance(SECOND.dividedBy(2));
            provider.completeExceptionally(new DeadlineExceededException(
                    Name.of("http-client"), DeadlineExceededException.Stage.BEFORE, false));

            assertThat(failure(answer)).isInstanceOf(DeadlineExceededException.class);
            assertThat(counted(Outcome.CANCELLED)).isOne();
            assertThat(counted(Outcome.FAILURE)).isZero();
        }

        @Test
        void areCountedAndGoOnInShadowMode() {
            breaker.configure(
                    BreakerConfig.DEFAULTS.withTimeout(SECOND).withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
            CompletableFuture<String> answer = guard.callAsync(() -> provider);
            scheduler.advance(SECOND);
            assertThat(answer).isNotDone();
            assertThat(bulkhead.snapshot().concurrent()).isOne();

            provider.complete("paid");

            assertThat(answer).isCompletedWithValue("paid");
            assertThat(counted(Outcome.TIMEOUT)).isOne();
            assertThat(counted(Outcome.SUCCESS)).isZero();
        }
    }

    @Nested
    class Refused {

        @Test
        void failWithTheBreakersRejection() {
            breaker.force(new Force(BreakerState.FORCED_OPEN, null, null, null));
            List<String> made = new ArrayList<>();

            CompletableFuture<String> answer = guard.callAsync(() -> {
                made.add("made");
                return provider;
            });

            assertThat(failure(answer)).isInstanceOf(BreakerOpenException.class);
            assertThat(made).isEmpty();
        }

        @Test
        void failWithTheBulkheadsRejection() {
            CompletableFuture<String> running = guard.callAsync(() -> provider);
            CompletableFuture<String> waiting = guard.callAsync(() -> CompletableFuture.completedFuture("next"));
            CompletableFuture<String> refused = guard.callAsync(() -> provider);

            assertThat(failure(refused)).isInstanceOf(BulkheadFullException.class);
            provider.complete("paid");
            assertThat(running).isCompleted();
            assertThat(waiting).isCompletedWithValue("next");
        }

        @Test
        void goToTheRecovery() {
            breaker.force(new Force(BreakerState.FORCED_OPEN, null, null, null));

            CompletableFuture<String> answer = guard.callAsync(
                    "order",
                    order -> provider,
                    (order, thrown, outcome) -> CompletableFuture.completedFuture("cached"));

            assertThat(answer).isCompletedWithValue("cached");
        }
    }

    @Nested
    class InTheQueue {

        private final CompletableFuture<String> first = new CompletableFuture<>();
        private final CompletableFuture<String> running = guard.callAsync(() -> first);
        private final List<String> made = new ArrayList<>();

        private CompletableFuture<String> waiting() {
            return guard.callAsync(() -> {
                made.add("made");
                return provider;
            });
        }

        private void finish() {
            first.complete("first");
            provider.complete("second");
            assertThat(running).isDone();
        }

        @Test
        void areMadeWhenItIsTheirTurn() {
            CompletableFuture<String> answer = waiting();
            assertThat(bulkhead.snapshot().queueDepth()).isOne();
            assertThat(made).isEmpty();

            finish();

            assertThat(answer).isCompletedWithValue("second");
            assertThat(bulkhead.snapshot().totals().waited()).isOne();
        }

        @Test
        void areRefusedWhenTheWaitIsOver() {
            CompletableFuture<String> answer = waiting();
            scheduler.advance(Duration.ofMillis(600));

            assertThat(failure(answer))
                    .isInstanceOf(BulkheadFullException.class)
                    .hasMessageContaining("waited 600 ms");
            assertThat(made).isEmpty();
            finish();
        }

        @Test
        void areRefusedWhenTheDeadlineIsOver() {
            Deadline.Scope scope = Deadline.after(SECOND.dividedBy(2), ticker).open();
            CompletableFuture<String> answer = waiting();
            scope.close();
            scheduler.advance(SECOND.dividedBy(2));

            assertThat(failure(answer)).isInstanceOf(DeadlineExceededException.class);
            assertThat(made).isEmpty();
            finish();
        }

        @Test
        void areNotMadeWhereTheirTurnComesAfterTheDeadline() {
            Deadline.Scope scope = Deadline.after(SECOND.dividedBy(2), ticker).open();
            CompletableFuture<String> answer = waiting();
            scope.close();
            ticker.advance(SECOND.dividedBy(2));
            finish();

            assertThat(failure(answer)).isInstanceOf(DeadlineExceededException.class);
            assertThat(made).isEmpty();
            assertThat(bulkhead.snapshot().totals().rejected()).containsEntry(RejectionReason.DEADLINE, 1L);
            assertThat(counted(Outcome.FAILURE)).isZero();
        }

        @Test
        void leaveWhenTheyAreCancelled() {
            CompletableFuture<String> answer = waiting();
            answer.cancel(true);

            assertThat(bulkhead.snapshot().queueDepth()).isZero();
            assertThat(counted(Outcome.CANCELLED)).isOne();
            assertThat(made).isEmpty();
            finish();
        }

        @Test
        void areEvictedWhenTheBreakerOpens() {
            CompletableFuture<String> answer = waiting();
            breaker.force(new Force(BreakerState.FORCED_OPEN, null, null, null));

            assertThat(failure(answer)).isInstanceOf(BreakerOpenException.class);
            assertThat(bulkhead.snapshot().totals().evicted()).isOne();
            assertThat(made).isEmpty();
            finish();
        }

        @Test
        void areAskedForAgainWhereTheBreakerHasMovedMeanwhile() {
            CompletableFuture<String> answer = waiting();
            breaker.reset();
            finish();

            assertThat(answer).isCompletedWithValue("second");
            assertThat(breaker.snapshot().window().calls())
                    .as("in the new window")
                    .isOne();
        }

        @Test
        void needNotWaitAnyLongerWhereTheBulkheadIsNoLongerEnforced() {
            CompletableFuture<String> answer = waiting();
            bulkhead.configure(bulkhead.config().withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));

            assertThat(made).containsExactly("made");
            finish();
            assertThat(answer).isCompletedWithValue("second");
        }

        @Test
        void keepTheDeadlineAndTheCriticalityOfTheirCaller() {
            List<Object> seen = new ArrayList<>();
            Deadline.Scope deadline =
                    Deadline.after(Duration.ofMinutes(1), ticker).open();
            Criticality.Scope criticality = Criticality.of("customer").open();
            CompletableFuture<String> answer = guard.callAsync(() -> {
                seen.add(Deadline.current() != null);
                seen.add(Criticality.current());
                return provider;
            });
            criticality.close();
            deadline.close();

            finish();

            assertThat(answer).isCompleted();
            assertThat(seen).containsExactly(true, Criticality.of("customer"));
            assertThat(Deadline.current()).isNull();
            assertThat(Criticality.current()).isNull();
        }
    }

    @Nested
    class WithARecovery {

        private CompletableFuture<String> call(CompletionStage<String> source, CompletionStage<String> instead) {
            return guard.callAsync("order", order -> source, (order, thrown, outcome) -> instead);
        }

        @Test
        void areRecoveredFromAFailure() {
            CompletableFuture<String> answer = call(provider, CompletableFuture.completedFuture("cached"));
            provider.completeExceptionally(new IOException("broken"));

            assertThat(answer).isCompletedWithValue("cached");
            assertThat(counted(Outcome.FAILURE)).isOne();
        }

        @Test
        void areRecoveredFromATimeout() {
            CompletableFuture<String> answer = call(provider, CompletableFuture.completedFuture("cached"));
            scheduler.advance(SECOND);

            assertThat(answer).isCompletedWithValue("cached");
        }

        @Test
        void areNotRecoveredFromACancellation() {
            CompletableFuture<String> answer = call(provider, CompletableFuture.completedFuture("cached"));
            provider.completeExceptionally(new CancellationException("given up"));

            assertThat(failure(answer)).hasMessage("given up");
        }

        @Test
        void cancelTheRecoveryWithTheFuture() {
            CompletableFuture<String> instead = new CompletableFuture<>();
            CompletableFuture<String> answer = call(provider, instead);
            provider.completeExceptionally(new IOException("broken"));
            answer.cancel(true);

            assertThat(instead).isCancelled();
        }
    }

    @Test
    void neverOpenABreakerByTwiceTheOutcomes() {
        breaker.configure(
                BreakerConfig.DEFAULTS.withTimeout(SECOND).withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(2)));
        CompletableFuture<String> answer = guard.callAsync(() -> provider);
        scheduler.advance(SECOND);
        provider.completeExceptionally(new IOException("too late"));
        answer.cancel(true);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker.snapshot().window().failures()).isOne();
    }

    @Test
    void areDoneWithAllOfTheirPermitsWhenTheFutureIs() throws Exception {
        CircuitBreaker real = new CircuitBreaker("payments", BreakerConfig.DEFAULTS);
        CompletableFuture<String> later = real.callAsync(() -> CompletableFuture.supplyAsync(
                () -> "paid", CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)));

        assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo("paid");
        assertThat(real.snapshot().concurrent()).isZero();
    }
}
