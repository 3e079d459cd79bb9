package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CausesTests {

    static Stream<Throwable> carriers() {
        IOException cause = new IOException("down");
        return Stream.of(
                new CompletionException(cause),
                new ExecutionException(cause),
                new UndeclaredThrowableException(cause),
                new InvocationTargetException(cause),
                new CompletionException(new ExecutionException(new InvocationTargetException(cause))));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void takesOffWhatOnlyCarriesAnother(Throwable carrier) {
        assertThat(Causes.unwrapped(carrier)).isInstanceOf(IOException.class).hasMessage("down");
    }

    @Test
    void leavesOtherExceptionsOn() {
        Throwable meaningful = new IllegalStateException(new IOException("down"));
        assertThat(Causes.unwrapped(meaningful)).isSameAs(meaningful);
        assertThat(Causes.unwrapped(new ExecutionException(meaningful))).isSameAs(meaningful);
    }

    @Test
    void leavesACarrierOfNothing() {
        Throwable empty = new ExecutionException("no cause", null);
        assertThat(Causes.unwrapped(empty)).isSameAs(empty);
    }

    @Test
    void comesToAnEndInACircle() {
        Throwable one = new CircularException();
        assertThat(Causes.unwrapped(one)).isSameAs(one);
        assertThat(Causes.isCancellation(one)).isFalse();
    }

    static Stream<Throwable> cancellations() {
        return Stream.of(
                new CancellationException(),
                new InterruptedException(),
                new ClosedByInterruptException(),
                new IllegalStateException("client's own", new InterruptedException()),
                new IOException(new RuntimeException(new ClosedByInterruptException())));
    }

    @ParameterizedTest
    @MethodSource("cancellations")
    void findsThatTheCallerGaveUp(Throwable thrown) {
        assertThat(Causes.isCancellation(thrown)).isTrue();
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new IOException("down"),
                new SocketTimeoutException(),
                new TimeoutException(),
                new Error(),
                new IllegalStateException(new CancellationException("of another call")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void doesNotTakeAFaultForTheCallersWish(Throwable thrown) {
        assertThat(Causes.isCancellation(thrown)).isFalse();
    }

    private static final class CircularException extends CompletionException {
        @Override
        public Throwable getCause() {
            return this;
        }
    }
}
