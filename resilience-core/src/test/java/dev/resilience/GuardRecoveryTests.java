package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.ExceptionRules;
import dev.resilience.breaker.Force;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a guard does something else instead, and what that is told. */
class GuardRecoveryTests {

    private record Asked(
            String argument, Throwable thrown, @Nullable Outcome outcome) {}

    private final CircuitBreaker breaker = new CircuitBreaker(
            "payments",
            BreakerConfig.DEFAULTS.withExceptions(
                    new ExceptionRules(List.of(IOException.class), List.of(FileNotFoundException.class))));
    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead("payments", BulkheadConfig.DEFAULTS.withMaxConcurrent(1));
    private final Guard guard = Guard.of(breaker, bulkhead);
    private final List<Asked> asked = new ArrayList<>();

    private String call(Throwable thrown) throws Throwable {
        return guard.<String, String, Throwable>call(
                "order 1",
                argument -> {
                    throw thrown;
                },
                (argument, why, outcome) -> {
                    asked.add(new Asked(argument, why, outcome));
                    return "instead";
                });
    }

    @Test
    void isNotAskedWhereACallReturns() {
        String result = guard.<String, String, RuntimeException>call(
                "order 1", argument -> argument + " made", (argument, why, outcome) -> "instead");
        assertThat(result).isEqualTo("order 1 made");
    }

    @Test
    void isToldWhatAFailedCallThrew() throws Throwable {
        IOException down = new IOException("down");
        assertThat(call(down)).isEqualTo("instead");
        assertThat(asked).containsExactly(new Asked("order 1", down, Outcome.FAILURE));
    }

    @Test
    void isToldOfExceptionsThatAreNoFailures() throws Throwable {
        FileNotFoundException ignored = new FileNotFoundException();
        IllegalStateException answer = new IllegalStateException();
        call(ignored);
        call(answer);
        assertThat(asked)
                .containsExactly(
                        new Asked("order 1", ignored, Outcome.IGNORED), new Asked("order 1", answer, Outcome.SUCCESS));
    }

    @Test
    void isToldOfTheBreakersRejectionWithoutAnOutcome() throws Throwable {
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
        assertThat(call(new IOException("not made"))).isEqualTo("instead");
        assertThat(asked).singleElement().satisfies(one -> {
            assertThat(one.thrown()).isInstanceOf(BreakerOpenException.class);
            assertThat(one.outcome()).isNull();
        });
    }

    @Test
    void isToldOfTheBulkheadsRejectionWithoutAnOutcome() throws Throwable {
        bulkhead.tryAcquire();
        assertThat(call(new IOException("not made"))).isEqualTo("instead");
        assertThat(asked).singleElement().satisfies(one -> {
            assertThat(one.thrown()).isInstanceOf(BulkheadFullException.class);
            assertThat(one.outcome()).isNull();
        });
    }

    static Stream<Throwable> cancellations() {
        return Stream.of(
                new CancellationException(),
                new InterruptedException(),
                new ExecutionException(new InterruptedException()),
                new CompletionException(new CancellationException()),
                new IOException(new InterruptedException()));
    }

    @ParameterizedTest
    @MethodSource("cancellations")
    void isNotAskedWhereTheCallerGaveUp(Throwable cancelled) {
        assertThatThrownBy(() -> call(cancelled)).isSameAs(cancelled);
        assertThat(asked).isEmpty();
        assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.CANCELLED, 1L);
        assertThat(breaker.snapshot().window().calls()).isZero();
    }

    @Test
    void isNotAskedWhereTheWaitForAPlaceWasInterrupted() {
        bulkhead.configure(BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, null));
        bulkhead.tryAcquire();
        try (Callers callers = new Callers()) {
            Callers.Caller caller = callers.start(() -> {
                Thread.currentThread().interrupt();
                return guard.<String, String, RuntimeException>call(
                        "order 1", argument -> "made", (argument, why, outcome) -> "instead");
            });
            assertThat(caller.thrown()).isExactlyInstanceOf(CancellationException.class);
        }
    }

    @Test
    void judgesWhatIsInsideOfACarrierButPassesOnTheCarrier() throws Throwable {
        ExecutionException carrier = new ExecutionException(new IOException("down"));
        call(carrier);
        assertThat(asked).containsExactly(new Asked("order 1", carrier, Outcome.FAILURE));
        assertThat(breaker.snapshot().lastFailure()).isNotNull();
    }

    @Test
    void mayThrow() {
        IllegalStateException worse = new IllegalStateException("no fallback either");
        assertThatThrownBy(() -> guard.<String, String, RuntimeException>call(
                        "order 1",
                        argument -> {
                            throw new IllegalArgumentException("down");
                        },
                        (argument, why, outcome) -> {
                            throw worse;
                        }))
                .isSameAs(worse);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    @Test
    void isAskedWithoutHoldingAPermit() throws Throwable {
        int[] held = {-1, -1};
        guard.<String, String, Throwable>call(
                "order 1",
                argument -> {
                    throw new IOException("down");
                },
                (argument, why, outcome) -> {
                    held[0] = bulkhead.snapshot().concurrent();
                    held[1] = (int) breaker.snapshot().concurrent();
                    return "instead";
                });
        assertThat(held).containsExactly(0, 0);
    }
}
