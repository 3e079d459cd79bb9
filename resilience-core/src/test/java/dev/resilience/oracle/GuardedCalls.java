package dev.resilience.oracle;

import dev.resilience.CallRejectedException;
import dev.resilience.Guard;
import dev.resilience.Outcome;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls through guards of a breaker, all on one thread: those that overlap are asynchronous ones. */
final class GuardedCalls {

    /** What an {@link Outcome#IGNORED} call throws; the configuration ignores it. */
    static final class IgnoredException extends RuntimeException {}

    private final Guard guard;
    private final Guard full;

    GuardedCalls(CircuitBreaker breaker) {
        guard = Guard.of(breaker);
        SemaphoreBulkhead taken = new SemaphoreBulkhead("full", BulkheadConfig.DEFAULTS.withMaxConcurrent(1));
        Objects.requireNonNull(taken.tryAcquire());
        full = Guard.of(breaker, taken);
    }

    /**
     * Begins a call and returns the future that ends it.
     *
     * @throws CallRejectedException if it was not let in
     */
    CompletableFuture<String> begin() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> seen = guard.callAsync(() -> answer);
        Throwable thrown = seen.handle((value, problem) -> problem).getNow(null);
        if (thrown instanceof CallRejectedException rejection) {
            throw rejection;
        }
        return answer;
    }

    static void end(CompletableFuture<String> answer, Outcome outcome) {
        RuntimeException thrown = thrown(outcome);
        if (thrown == null) {
            answer.complete("well");
        } else {
            answer.completeExceptionally(thrown);
        }
    }

    /**
     * Makes a call with nothing in between but what it does itself.
     *
     * @throws CallRejectedException if it was not let in
     */
    void call(Outcome outcome, Runnable itself) throws Exception {
        RuntimeException thrown = thrown(outcome);
        try {
            guard.call(() -> {
                itself.run();
                if (thrown != null) {
                    throw thrown;
                }
                return "well";
            });
        } catch (RuntimeException seen) {
            if (!seen.equals(thrown)) {
                throw seen;
            }
        }
    }

    /**
     * Makes a call that finds the bulkhead full.
     *
     * @throws CallRejectedException if the breaker did not let it in
     */
    void refused() throws Exception {
        try {
            full.call(() -> "made");
            throw new AssertionError("a call was made without a place");
        } catch (BulkheadFullException expected) {
            Objects.requireNonNull(expected.getMessage());
        }
    }

    /** Returns the outcome that a call can have here: the guard's own timeout takes a timer. */
    static Outcome possible(Outcome outcome) {
        return outcome == Outcome.TIMEOUT ? Outcome.FAILURE : outcome;
    }

    private static @Nullable RuntimeException thrown(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> null;
            case FAILURE, TIMEOUT -> new IllegalStateException("failed");
            case CANCELLED -> new CancellationException("given up");
            case IGNORED -> new IgnoredException();
        };
    }
}
