package dev.resilience.spring.retry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * How often a {@link Retryable} method is retried, and how long Spring waits at most before each: the jitter that it will draw is not
 * known beforehand.
 *
 * @param delay the first interval, in milliseconds as all others
 */
record RetryTimes(long maxRetries, long delay, long jitter, double multiplier, long maxDelay) {

    /** Of a method whose annotation cannot be found: it may wait for ever. */
    static final RetryTimes UNKNOWN = new RetryTimes(Long.MAX_VALUE, Long.MAX_VALUE, 0, 1, Long.MAX_VALUE);

    static RetryTimes of(Retryable retryable, StringValueResolver resolver) {
        Texts texts = new Texts(resolver, retryable.timeUnit());
        return new RetryTimes(
                texts.number(retryable.maxRetriesString(), retryable.maxRetries())
                        .longValue(),
                texts.millis(retryable.delayString(), retryable.delay()),
                texts.millis(retryable.jitterString(), retryable.jitter()),
                texts.number(retryable.multiplierString(), retryable.multiplier())
                        .doubleValue(),
                texts.millis(retryable.maxDelayString(), retryable.maxDelay()));
    }

    /** Reads the attributes that are given as text or as a number, as Spring does. */
    private record Texts(StringValueResolver resolver, TimeUnit unit) {

        private @Nullable String resolved(String text) {
            String resolved = StringUtils.hasText(text) ? resolver.resolveStringValue(text) : null;
            return StringUtils.hasText(resolved) ? resolved : null;
        }

        Number number(String text, Number otherwise) {
            String resolved = resolved(text);
            return resolved == null ? otherwise : (Number) Double.valueOf(resolved);
        }

        long millis(String text, long otherwise) {
            String resolved = resolved(text);
            Duration duration = resolved == null
                    ? Duration.of(otherwise, unit.toChronoUnit())
                    : DurationFormatterUtils.detectAndParse(
                            resolved, DurationFormat.Unit.fromChronoUnit(unit.toChronoUnit()));
            return duration.toMillis();
        }
    }

    /** Returns the interval that follows one, jitter aside. */
    long after(long interval) {
        return atMostMaxDelay(interval * multiplier);
    }

    /** Returns the longest wait that an interval can become. */
    long longest(long interval) {
        double spread = delay == 0 ? jitter : (double) jitter / delay * interval;
        return atMostMaxDelay(Math.ceil(interval + spread));
    }

    /** Returns the longest of all waits. */
    long longest() {
        return longest(atMostMaxDelay(delay * Math.pow(multiplier, (double) Math.max(0, maxRetries - 1))));
    }

    private long atMostMaxDelay(double millis) {
        return (long) Math.min(millis, (double) maxDelay);
    }
}
