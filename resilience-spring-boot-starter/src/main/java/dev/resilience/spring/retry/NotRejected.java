package dev.resilience.spring.retry;

import dev.resilience.CallRejectedException;
import dev.resilience.Causes;
import dev.resilience.Deadline;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.retry.RetryException;
import org.springframework.resilience.retry.MethodRetryPredicate;

/**
 * Whether a call may be made again after an exception: not if a guard refused it, not if its caller gave up, and not if its caller's
 * {@link Deadline} is over.
 *
 * <p>As the {@code predicate} of {@code @Retryable}, where {@link RetryableGuarded} has it, it also stops where the longest wait that
 * may come next would outlast the deadline, and where the {@link RetryBudget} of the method's breaker is spent. Alone, as a filter of
 * Reactor's {@code Retry}, it knows of neither.
 */
/*
 * Spring asks forMethod once a call, before the first attempt, and what it returns once a failed attempt; so that a call, its retries
 * and its waits can be counted there. For methods that return Reactor types it asks shouldRetry instead, with nothing to tell one
 * subscription from another: there the longest of all waits counts, and every failure is taken for a call.
 */
public final class NotRejected implements MethodRetryPredicate, Predicate<Throwable> {

    /** Chains of causes are followed no further, since they can be circular. */
    private static final int DEEPEST = 16;

    private final @Nullable MethodRetries retries;
    private final Map<Method, MethodRetries.Rules> rules = new ConcurrentHashMap<>();

    /** Creates a predicate that knows of no budgets. */
    public NotRejected() {
        this.retries = null;
    }

    /** Creates a predicate that keeps to the application's budgets, if it has any. */
    @Autowired
    NotRejected(ObjectProvider<MethodRetries> retries) {
        this.retries = retries.getIfAvailable();
    }

    /** Returns whether the exception is not the rejection of a guard, the caller has not given up, and there is time left. */
    @Override
    public boolean test(Throwable thrown) {
        return isWorthwhile(thrown);
    }

    static boolean isWorthwhile(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        return !(cause instanceof CallRejectedException) && !Causes.isCancellation(cause) && isInTime(0);
    }

    /** Takes off what only carries another exception, Spring's own included, which a retry inside of this one may have thrown. */
    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = Causes.unwrapped(thrown);
        for (int depth = 0; depth < DEEPEST && cause instanceof RetryException exhausted; depth++) {
            cause = Causes.unwrapped(exhausted.getCause());
        }
        return cause;
    }

    /** Returns whether the caller's deadline, if it has one, is still to come after a wait. */
    static boolean isInTime(long waitMillis) {
        Deadline deadline = Deadline.current();
        return deadline == null || deadline.remaining().compareTo(Duration.ofMillis(waitMillis)) > 0;
    }

    @Override
    public Predicate<Throwable> forMethod(Method method) {
        return new Attempts(of(method));
    }

    @Override
    public boolean shouldRetry(Method method, Throwable thrown) {
        MethodRetries.Rules ofMethod = of(method);
        return isWorthwhile(thrown) && isInTime(ofMethod.times().longest()) && ofMethod.tryRetryAfterFailure();
    }

    private MethodRetries.Rules of(Method method) {
        MethodRetries.Rules known = rules.get(method);
        return known != null
                ? known
                : rules.computeIfAbsent(method, each -> retries == null ? MethodRetries.alone(each) : retries.of(each));
    }
}
