package dev.resilience.spring.retry;

import dev.resilience.Name;
import java.lang.reflect.Method;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.util.StringValueResolver;

/** What an application knows of the methods that are retried. */
public final class MethodRetries {

    private final RetryBudgets budgets;
    private final Function<Method, String> names;
    private final StringValueResolver placeholders;

    /**
     * Creates it.
     *
     * @param names whose budget the retries of a method are taken from
     */
    public MethodRetries(RetryBudgets budgets, Function<Method, String> names, StringValueResolver placeholders) {
        this.budgets = budgets;
        this.names = names;
        this.placeholders = placeholders;
    }

    /** What holds for one method; without a budget where the application has none. */
    record Rules(RetryTimes times, @Nullable RetryBudget budget) {

        void call() {
            if (budget != null) {
                budget.call();
            }
        }

        boolean tryRetry() {
            return budget == null || budget.tryRetry();
        }

        boolean tryRetryAfterFailure() {
            return budget == null || budget.tryRetryAfterFailure();
        }
    }

    /** Returns the rules of a method where nothing is known of the application. */
    static Rules alone(Method method) {
        return new Rules(times(method, text -> text), null);
    }

    Rules of(Method method) {
        String name = names.apply(method);
        return new Rules(times(method, placeholders), Name.isValid(name) ? budgets.of(name) : budgets.shared());
    }

    private static RetryTimes times(Method method, StringValueResolver placeholders) {
        Retryable retryable = AnnotatedElementUtils.findMergedAnnotation(method, Retryable.class);
        if (retryable == null) {
            retryable = AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), Retryable.class);
        }
        return retryable == null ? RetryTimes.UNKNOWN : RetryTimes.of(retryable, placeholders);
    }
}
