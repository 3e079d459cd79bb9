package dev.resilience.spring.autoconfigure;

import dev.resilience.breaker.RetryAfterRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the rules in their order; the first that knows decides. */
record FirstWait(List<RetryAfterRule> rules) implements RetryAfterRule {

    @Override
    public @Nullable Duration retryAfter(Throwable thrown) {
        for (RetryAfterRule rule : rules) {
            Duration wait = rule.retryAfter(thrown);
            if (wait != null) {
                return wait;
            }
        }
        return null;
    }
}
