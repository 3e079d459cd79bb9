package dev.resilience.spring.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.CallRejectedException;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.Name;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.spring.ManualTicker;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.retry.RetryException;

class NotRejectedTests {

    private final NotRejected predicate = new NotRejected();

    static CallRejectedException rejection() {
        SemaphoreBulkhead full = new SemaphoreBulkhead("payments", BulkheadConfig.DEFAULTS.withMaxConcurrent(1));
        return (CallRejectedException)
                Assertions.catchThrowable(() -> full.call(() -> full.call(() -> "a second one")));
    }

    static Stream<Throwable> carriers() {
        CallRejectedException rejection = rejection();
        return Stream.of(
                rejection,
                new DeadlineExceededException(Name.of("payments"), DeadlineExceededException.Stage.BEFORE, false),
                new CompletionException(rejection),
                new ExecutionException(rejection),
                new UndeclaredThrowableException(rejection),
                new RetryException("over", rejection),
                new CompletionException(new RetryException("over", new ExecutionException(rejection))));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void endsARetryAtARejectionWhateverCarriesIt(Throwable thrown) {
        assertThat(predicate.test(thrown)).isFalse();
    }

    static Stream<Throwable> givenUp() {
        return Stream.of(
                new CancellationException(),
                new InterruptedException(),
                new CompletionException(new IOException(new InterruptedException())));
    }

    @ParameterizedTest
    @MethodSource("givenUp")
    void endsARetryWhereTheCallerGaveUp(Throwable thrown) {
        assertThat(predicate.test(thrown)).isFalse();
    }

    @Test
    void retriesOtherFailures() {
        assertThat(predicate.test(new IOException("down"))).isTrue();
        assertThat(predicate.test(new CompletionException(new IOException("down"))))
                .isTrue();
    }

    @Test
    void goesOnWhereARejectionIsTheCauseOfAnAnswerOfItsOwn() {
        assertThat(predicate.test(new IllegalStateException("no fallback", rejection())))
                .isTrue();
    }

    @Test
    void endsARetryAtTheDeadline() {
        ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 5);
        try (Deadline.Scope scope = Deadline.after(Duration.ofMillis(5), ticker).open()) {
            assertThat(scope).isNotNull();
            assertThat(predicate.test(new IOException("down"))).isTrue();
            ticker.advance(Duration.ofMillis(5));
            assertThat(predicate.test(new IOException("down"))).isFalse();
        }
    }

    @Test
    void endsARetryOfAMethodWhoseWaitsAreNotKnownWhereThereIsADeadline() throws Exception {
        Predicate<Throwable> unknown = predicate.forMethod(Object.class.getMethod("toString"));
        assertThat(unknown.test(new IOException("down"))).isTrue();
        try (Deadline.Scope scope = Deadline.within(Duration.ofDays(365))) {
            assertThat(scope).isNotNull();
            assertThat(unknown.test(new IOException("down"))).isFalse();
        }
    }
}
