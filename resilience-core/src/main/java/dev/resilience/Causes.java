package dev.resilience;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Finds out what is behind an exception. */
public final class Causes {

    /** Chains of causes are followed no further, since they can be circular. */
    private static final int DEEPEST = 16;

    private static final String TIMEOUT_OF_A_COROUTINE = "kotlinx.coroutines.TimeoutCancellationException";

    private Causes() {}

    /**
     * Takes off the exceptions that only carry another one: {@link CompletionException}, {@link ExecutionException},
     * {@link UndeclaredThrowableException} and {@link InvocationTargetException}.
     */
    public static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        for (int depth = 0; depth < DEEPEST && isCarrier(inner); depth++) {
            Throwable cause = inner.getCause();
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return inner;
    }

    private static boolean isCarrier(Throwable thrown) {
        return thrown instanceof CompletionException
                || thrown instanceof ExecutionException
                || thrown instanceof UndeclaredThrowableException
                || thrown instanceof InvocationTargetException;
    }

    /**
     * Returns whether the caller gave up: a {@link CancellationException}, or an interruption, be it in an exception of the client's
     * own. The timeout of a coroutine is a cancellation by its type only: nobody gave up, it took too long.
     */
    public static boolean isCancellation(Throwable thrown) {
        if (thrown instanceof CancellationException) {
            return !thrown.getClass().getName().equals(TIMEOUT_OF_A_COROUTINE);
        }
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
