package dev.resilience.spring.retry;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.Retryable;

/**
 * Spring's {@link Retryable} for what calls a guarded system: it waits longer each time, with jitter, and stops at a rejection, where
 * the caller's deadline would not outlast the wait, and where the budget of retries is spent. See {@link NotRejected}.
 *
 * <p>It needs {@code @EnableResilientMethods}, as {@link Retryable} does. On one method with a guard it goes around the guard.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Retryable(predicate = NotRejected.class)
public @interface RetryableGuarded {

    /** Exceptions to retry for, with their subclasses; empty: all. */
    @AliasFor(annotation = Retryable.class)
    Class<? extends Throwable>[] includes() default {};

    /** Exceptions not to retry for, with their subclasses. */
    @AliasFor(annotation = Retryable.class)
    Class<? extends Throwable>[] excludes() default {};

    /** Retries after the first attempt, at most. */
    @AliasFor(annotation = Retryable.class)
    long maxRetries() default 3;

    /** As {@link #maxRetries}, with {@code ${placeholders}}. */
    @AliasFor(annotation = Retryable.class)
    String maxRetriesString() default "";

    /** Longest time for all attempts and waits together, after which no further one begins; 0: none. */
    @AliasFor(annotation = Retryable.class)
    long timeout() default 0;

    /** As {@link #timeout}, with {@code ${placeholders}}. */
    @AliasFor(annotation = Retryable.class)
    String timeoutString() default "";

    /** The first wait. */
    @AliasFor(annotation = Retryable.class)
    long delay() default 100;

    /** As {@link #delay}, with {@code ${placeholders}}. */
    @AliasFor(annotation = Retryable.class)
    String delayString() default "";

    /** By how much the first wait is at most longer; it grows with the waits, which are then spread to both sides. */
    @AliasFor(annotation = Retryable.class)
    long jitter() default 50;

    /** As {@link #jitter}, with {@code ${placeholders}}. */
    @AliasFor(annotation = Retryable.class)
    String jitterString() default "";

    /** Each wait is so many times the one before. */
    @AliasFor(annotation = Retryable.class)
    double multiplier() default 2;

    /** As {@link #multiplier}, with {@code ${placeholders}}. */
    @AliasFor(annotation = Retryable.class)
    String multiplierString() default "";

    /** The longest wait, jitter included. */
    @AliasFor(annotation = Retryable.class)
    long maxDelay() default 2000;

    /** As {@link #maxDelay}, with {@code ${placeholders}}. */
    @AliasFor(annotation = Retryable.class)
    String maxDelayString() default "";

    /** The unit of the times given as numbers. */
    @AliasFor(annotation = Retryable.class)
    TimeUnit timeUnit() default TimeUnit.MILLISECONDS;
}
