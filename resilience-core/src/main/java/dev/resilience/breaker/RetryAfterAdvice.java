package dev.resilience.breaker;

import dev.resilience.Causes;
import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the rule what a failed dependency asked for. Calls foreign code and so never runs under the breaker's lock. */
final class RetryAfterAdvice {

    private static final Logger LOG = System.getLogger(CircuitBreaker.class.getName());

    private RetryAfterAdvice() {}

    /** Returns for how many nanoseconds the dependency of a breaker asked to be left alone; 0 if it did not. */
    static long nanos(RetryAfterRule rule, Name breaker, Outcome outcome, @Nullable Object culprit) {
        if (!outcome.isFailure() || !(culprit instanceof Throwable thrown)) {
            return 0;
        }
        Duration asked = asked(rule, breaker, Causes.unwrapped(thrown));
        if (asked == null || asked.isNegative()) {
            return 0;
        }
        boolean endless = asked.compareTo(InvalidSettingException.LONGEST) > 0;
        return (endless ? InvalidSettingException.LONGEST : asked).toNanos();
    }

    private static @Nullable Duration asked(RetryAfterRule rule, Name breaker, Throwable cause) {
        try {
            return rule.retryAfter(cause);
        } catch (Throwable broken) {
            LOG.log(
                    Level.ERROR,
                    () -> "The rule " + rule.getClass().getName() + " threw for breaker '" + breaker
                            + "'; the failure is taken to ask for nothing. It must return a duration or null",
                    broken);
            return null;
        }
    }
}
