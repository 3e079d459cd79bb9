package dev.resilience.breaker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Knows how long a dependency that failed asked to be left alone, as HTTP's {@code Retry-After} says. A breaker that opens probes it no
 * earlier, nor later than its {@code open.max-duration} allows.
 *
 * <p>Called once for each failure with an exception, on the thread that ends the call and under no lock; must be safe for use by many
 * threads. One that throws is logged and knows nothing.
 */
@FunctionalInterface
public interface RetryAfterRule {

    /**
     * Returns how long from now on the dependency asked not to be called, or null if it asked for nothing; 0 or less is nothing too.
     *
     * @param thrown what the call threw, unwrapped ({@code ExecutionException} and its like are taken off)
     */
    @Nullable
    Duration retryAfter(Throwable thrown);
}
