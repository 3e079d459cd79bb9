package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every permit comes back, whatever the guarded code throws. */
class GuardPermitsTests {

    private final CircuitBreaker breaker = new CircuitBreaker("payments", BreakerConfig.DEFAULTS);
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("payments", BulkheadConfig.DEFAULTS);
    private final Guard guard = Guard.of(breaker, bulkhead);

    @AfterEach
    void nothingIsHeld() {
        assertThat(breaker.snapshot().concurrent()).isZero();
        assertThat(bulkhead.snapshot().concurrent()).isZero();
    }

    /** As the JVM throws it into a thread that is stopped: neither an exception nor a fault of the guarded code. */
    private static final class ThreadKilled extends Error {}

    private static final class NeitherExceptionNorError extends Throwable {}

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException(),
                new IOException(),
                new Error(),
                new AssertionError(),
                new OutOfMemoryError(),
                new StackOverflowError(),
                new ThreadKilled(),
                new NoClassDefFoundError(),
                new NeitherExceptionNorError(),
                new InterruptedException(),
                new CompletionException("of nothing", null));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void comeBackWhateverIsThrown(Throwable thrown) {
        assertThatThrownBy(() -> guard.<String, String, Throwable>call("order 1", argument -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(breaker.snapshot().totals().calls().values().stream().reduce(0L, Long::sum))
                .as("outcomes")
                .isEqualTo(1);
    }

    @Test
    void comeBackWhenTheGuardedCodeRunsOutOfStack() {
        assertThatThrownBy(() -> guard.call(() -> deeper(0))).isInstanceOf(StackOverflowError.class);
        assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.FAILURE, 1L);
    }

    private static long deeper(long depth) {
        return depth < 0 ? 0 : 1 + deeper(depth + 1);
    }

    @Test
    void comeBackFromGuardsInsideOfEachOther() throws Exception {
        assertThat(nested(20)).isEqualTo(20);
    }

    private int nested(int depth) throws Exception {
        return depth == 0 ? 0 : guard.call(() -> 1 + nested(depth - 1));
    }
}
