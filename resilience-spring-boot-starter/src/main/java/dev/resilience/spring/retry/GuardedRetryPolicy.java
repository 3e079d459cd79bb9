package dev.resilience.spring.retry;

import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * The {@link RetryPolicy} of a {@link RetryTemplate} around a guarded call: it stops at a rejection, before a wait that the caller's
 * deadline would not outlast, and where the budget is spent.
 *
 * <pre>{@code
 * RetryTemplate retries = GuardedRetryPolicy.of(budgets.of("payments")).template();
 * Receipt receipt = retries.execute(() -> payments.call(() -> client.pay(order)));
 * }</pre>
 *
 * <p>Counts the calls as the template's listener: one that has the policy without the listener has only the reserve of the budget for
 * its retries. Immutable, if the back-off is not changed.
 */
public final class GuardedRetryPolicy implements RetryPolicy, RetryListener {

    private final RetryBudget budget;
    private final BackOff backOff;
    private final Duration timeout;
    private final Predicate<? super Throwable> filter;

    private GuardedRetryPolicy(
            RetryBudget budget, BackOff backOff, Duration timeout, Predicate<? super Throwable> filter) {
        this.budget = budget;
        this.backOff = backOff;
        this.timeout = timeout;
        this.filter = filter;
    }

    /** Returns a policy with the waits that {@link RetryableGuarded} has: 100 ms, doubling up to 2 s, with jitter, at most 3 times. */
    public static GuardedRetryPolicy of(RetryBudget budget) {
        ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
        backOff.setJitter(50);
        backOff.setMaxInterval(2000);
        backOff.setMaxAttempts(3);
        return new GuardedRetryPolicy(budget, backOff, Duration.ZERO, thrown -> true);
    }

    /** Returns a copy with other waits, which bound the number of retries too. */
    public GuardedRetryPolicy withBackOff(BackOff other) {
        return new GuardedRetryPolicy(budget, other, timeout, filter);
    }

    /** Returns a copy with another longest time for all attempts and waits together; zero: none. */
    public GuardedRetryPolicy withTimeout(Duration other) {
        return new GuardedRetryPolicy(budget, backOff, other, filter);
    }

    /** Returns a copy that retries only for exceptions that this predicate knows. */
    public GuardedRetryPolicy withFilter(Predicate<? super Throwable> other) {
        return new GuardedRetryPolicy(budget, backOff, timeout, other);
    }

    /** Returns a new template that has this policy, and has it count its calls. */
    public RetryTemplate template() {
        RetryTemplate template = new RetryTemplate(this);
        template.setRetryListener(this);
        return template;
    }

    @Override
    public boolean shouldRetry(Throwable thrown) {
        return filter.test(thrown) && NotRejected.isWorthwhile(thrown);
    }

    @Override
    public Duration getTimeout() {
        return timeout;
    }

    @Override
    public BackOff getBackOff() {
        return () -> {
            BackOffExecution waits = backOff.start();
            return () -> next(waits);
        };
    }

    /** The wait is known here, jitter included, and comes next: nothing but the template's timeout or an interrupt is in between. */
    private long next(BackOffExecution waits) {
        long wait = waits.nextBackOff();
        return wait != BackOffExecution.STOP && NotRejected.isInTime(wait) && budget.tryRetry()
                ? wait
                : BackOffExecution.STOP;
    }

    /** Counts a call when its first attempt is over, before it is asked whether to retry. */
    @Override
    public void onRetryableExecution(RetryPolicy retryPolicy, Retryable<?> retryable, RetryState retryState) {
        if (retryState.getRetryCount() == 0) {
            budget.call();
        }
    }
}
