package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.CapturedLog;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners and classifiers that throw are logged and change nothing. */
class ForeignCodeTests {

    private static final BreakerConfig FIRST_FAILURE =
            BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(1));

    private final CapturedLog log = new CapturedLog(CircuitBreaker.class);

    @AfterEach
    void stopListening() {
        log.close();
    }

    private static CircuitBreaker breaker(BreakerEnvironment environment) {
        return new CircuitBreaker(Name.of("payments"), FIRST_FAILURE, environment);
    }

    private static void fail(CircuitBreaker breaker) {
        assertThatThrownBy(() -> breaker.call(() -> {
                    throw new IOException("down");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("down");
    }

    /** Throws what the compiler would not let through, as code in Kotlin or Groovy may. */
    @SuppressWarnings("unchecked") // that is the trick
    private static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    static Stream<Throwable> throwables() {
        return Stream.of(new IllegalStateException("broken"), new AssertionError("broken"), new IOException("broken"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void goesOnWhereTheListenerThrows(Throwable broken) {
        List<BreakerState> heard = new ArrayList<>();
        CircuitBreaker breaker = breaker(BreakerEnvironment.DEFAULT.withListener(transition -> {
            heard.add(transition.to());
            throw ForeignCodeTests.<RuntimeException>sneaky(broken);
        }));

        fail(breaker);
        breaker.reset();

        assertThat(heard).containsExactly(BreakerState.OPEN, BreakerState.CLOSED);
        assertThat(breaker.snapshot().generation()).isEqualTo(2);
        assertThat(breaker.snapshot().concurrent()).isZero();
        assertThat(log.records()).hasSize(2).first().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(record.getThrown()).isSameAs(broken);
            assertThat(record.getMessage())
                    .startsWith("The listener " + getClass().getName())
                    .endsWith(" threw for breaker 'payments' entering OPEN; the breaker goes on");
        });
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void letsTheNextRuleDecideWhereTheClassifierThrows(Throwable broken) throws Exception {
        CircuitBreaker breaker = breaker(BreakerEnvironment.DEFAULT.withClassifiers(List.of((result, thrown) -> {
            throw ForeignCodeTests.<RuntimeException>sneaky(broken);
        })));

        assertThat(breaker.<String>call(() -> "made")).isEqualTo("made");
        fail(breaker);

        assertThat(breaker.snapshot().totals().calls())
                .containsEntry(Outcome.SUCCESS, 1L)
                .containsEntry(Outcome.FAILURE, 1L);
        assertThat(breaker.snapshot().concurrent()).isZero();
        assertThat(log.records()).hasSize(2).first().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(record.getThrown()).isSameAs(broken);
            assertThat(record.getMessage())
                    .startsWith("The classifier " + getClass().getName())
                    .endsWith(
                            " threw for breaker 'payments'; the next rule decides. It must return an outcome or null");
        });
    }

    @Test
    void losesNoPermitWhereEvenTheLogThrows() {
        try (BrokenLog broken = new BrokenLog()) {
            CircuitBreaker breaker = breaker(BreakerEnvironment.DEFAULT.withClassifiers(List.of((result, thrown) -> {
                throw new IllegalStateException("broken");
            })));
            assertThatThrownBy(() -> breaker.call(() -> "made")).isSameAs(broken.diskFull);
            assertThat(breaker.snapshot().concurrent()).isZero();
            assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        }
    }

    private static final class BrokenLog extends java.util.logging.Handler implements AutoCloseable {
        private final java.util.logging.Logger logger =
                java.util.logging.Logger.getLogger(CircuitBreaker.class.getName());
        private final RuntimeException diskFull = new IllegalStateException("disk full");

        BrokenLog() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            throw diskFull;
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    void letsAListenerAskAndSteerTheBreaker() {
        AtomicReference<CircuitBreaker> itself = new AtomicReference<>();
        List<BreakerState> heard = new ArrayList<>();
        CircuitBreaker breaker = breaker(BreakerEnvironment.DEFAULT.withListener(transition -> {
            heard.add(itself.get().state());
            if (transition.to() == BreakerState.OPEN) {
                itself.get().force(Force.to(BreakerState.FORCED_CLOSED));
            }
        }));
        itself.set(breaker);
        fail(breaker);
        assertThat(heard).containsExactly(BreakerState.OPEN, BreakerState.FORCED_CLOSED);
        assertThat(log.records()).isEmpty();
    }
}
