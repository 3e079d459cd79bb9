package dev.resilience;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call was permitted, was made, and took longer than its guard's timeout. What the call itself threw when it was
 * interrupted, if anything, is suppressed in it: its stack trace shows where the call hung.
 */
public final class CallTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final double NANOS_A_SECOND = 1e9;

    private final Name name;
    private final long timeoutNanos;

    CallTimeoutException(Name name, long timeoutNanos) {
        this.name = name;
        this.timeoutNanos = timeoutNanos;
    }

    /** Returns the name of the guard whose timeout it was, without the key. */
    public String name() {
        return name.text();
    }

    /** Returns the key of the instance, or null if it has none. */
    public @Nullable String key() {
        return name.key();
    }

    /** Returns how long the call was allowed to take. */
    public Duration timeout() {
        return Duration.ofNanos(timeoutNanos);
    }

    @Override
    public String getMessage() {
        return "The call guarded by '" + name + "' took longer than its timeout of "
                + String.format(Locale.ROOT, "%.3f s", timeoutNanos / NANOS_A_SECOND);
    }
}
