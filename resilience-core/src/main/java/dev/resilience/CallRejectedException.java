package dev.resilience;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a guard did not let a call through: the call was not made, and retrying at once is no use.
 *
 * <p>Costs little: there is no stack trace unless asked for, and the message is built when it is read.
 */
public abstract class CallRejectedException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;
    private static final double NANOS_A_SECOND = 1e9;

    private final Name name;
    private final RejectionReason reason;
    private final long retryAfterNanos;

    /**
     * Creates a rejection.
     *
     * @param retryAfterNanos the least time until a call may be permitted, in nanoseconds
     * @param withStackTrace whether to record where the call was refused
     */
    @SuppressWarnings("this-escape") // super.fillInStackTrace touches nothing but Throwable's own fields
    protected CallRejectedException(Name name, RejectionReason reason, long retryAfterNanos, boolean withStackTrace) {
        this.name = name;
        this.reason = reason;
        this.retryAfterNanos = retryAfterNanos;
        if (withStackTrace) {
            super.fillInStackTrace();
        }
    }

    /** Returns the name of the guard that refused, without the key. */
    public final String name() {
        return name.text();
    }

    /** Returns the key of the instance that refused, or null if it has none. */
    public final @Nullable String key() {
        return name.key();
    }

    /** Returns why the call was refused. */
    public final RejectionReason reason() {
        return reason;
    }

    /** Returns the least time until a call may be permitted; one second where nobody can know. */
    public final Duration retryAfter() {
        return Duration.ofNanos(retryAfterNanos);
    }

    /** Returns what was refused, why, and when to come back. */
    @Override
    public final String getMessage() {
        return describe(name);
    }

    /** Builds the message. */
    protected abstract String describe(Name name);

    /** Formats a time for a message: {@code 12.4 s}. */
    protected static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / NANOS_A_SECOND);
    }

    /** Does nothing here: {@link Throwable}'s constructor calls it before it is known whether a trace is wanted. */
    @Override
    public final Throwable fillInStackTrace() {
        return this;
    }
}
