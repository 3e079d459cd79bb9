package dev.resilience.spring.aop;

import dev.resilience.Causes;
import dev.resilience.DeadlineExceededException;
import dev.resilience.DeadlineExceededException.Stage;
import dev.resilience.Outcome;
import dev.resilience.Recovery;
import dev.resilience.bulkhead.BulkheadClosedException;
import dev.resilience.bulkhead.BulkheadFullException;
import java.util.Comparator;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * What is called instead where a guarded method was refused or failed.
 *
 * @param others the overloads for all that the bulkhead did not refuse, closest type first
 * @param bulkheadRejections the overloads for what the bulkhead refused, closest type first
 */
record Fallback(List<FallbackMethod> others, List<FallbackMethod> bulkheadRejections)
        implements Recovery<MethodInvocation, @Nullable Object, Throwable> {

    /** Returns the fallback of a method from the overloads that each annotation names, of which there may be none. */
    static @Nullable Fallback of(List<FallbackMethod> breakers, List<FallbackMethod> bulkheads) {
        if (breakers.isEmpty() && bulkheads.isEmpty()) {
            return null;
        }
        return new Fallback(
                sorted(breakers.isEmpty() ? bulkheads : breakers), sorted(bulkheads.isEmpty() ? breakers : bulkheads));
    }

    private static List<FallbackMethod> sorted(List<FallbackMethod> overloads) {
        return overloads.stream()
                .sorted(Comparator.comparingInt(FallbackMethod::closeness).reversed())
                .toList();
    }

    @Override
    public @Nullable Object recover(MethodInvocation invocation, Throwable thrown, @Nullable Outcome outcome)
            throws Throwable {
        Throwable cause = Causes.unwrapped(thrown);
        FallbackMethod method = chosen(thrown, cause, outcome);
        if (method == null) {
            throw thrown;
        }
        try {
            return method.invoke(invocation, cause);
        } catch (Throwable failed) {
            keep(thrown, failed);
            throw failed;
        }
    }

    /** Keeps the first exception in what the fallback failed with, where that is another one. */
    @SuppressWarnings("ReferenceEquality") // an exception may equal another one and still not be it
    static void keep(Throwable first, Throwable failed) {
        Throwable failure = Causes.unwrapped(failed);
        if (failure != first && failure != Causes.unwrapped(first)) {
            failure.addSuppressed(first);
        }
    }

    private static boolean isOfBulkhead(Throwable rejection) {
        return rejection instanceof BulkheadFullException
                || rejection instanceof BulkheadClosedException
                || (rejection instanceof DeadlineExceededException exceeded && exceeded.stage() == Stage.WAITING);
    }

    private @Nullable FallbackMethod chosen(Throwable thrown, Throwable cause, @Nullable Outcome outcome) {
        boolean refusedByBulkhead = outcome == null && isOfBulkhead(thrown);
        for (FallbackMethod overload : refusedByBulkhead ? bulkheadRejections : others) {
            if (overload.takes(cause, outcome)) {
                return overload;
            }
        }
        return null;
    }
}
