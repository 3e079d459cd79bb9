package dev.resilience.spring.aop;

import dev.resilience.GuardedCall;
import dev.resilience.Recovery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** The plan of a method that returns a future: its call ends when the future is complete. */
final class StagePlan implements GuardPlan {

    private static final GuardedCall<MethodInvocation, @Nullable CompletionStage<@Nullable Object>, Throwable> PROCEED =
            invocation -> staged(invocation.proceed());

    private final GuardSource guards;
    private final @Nullable Recovery<MethodInvocation, CompletionStage<@Nullable Object>, Throwable> fallback;

    StagePlan(GuardSource guards, @Nullable Fallback fallback) {
        this.guards = guards;
        this.fallback = fallback == null
                ? null
                : (invocation, thrown, outcome) ->
                        keeping(thrown, answered(fallback.recover(invocation, thrown, outcome)));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a proxy returns objects; the caller knows that it is a future
    public Object call(MethodInvocation invocation) {
        return guards.of(invocation).callAsync(invocation, PROCEED, fallback);
    }

    /** Waits for a future that cannot tell: such methods run on threads that the bulkhead has for that. */
    @SuppressWarnings("unchecked")
    private static @Nullable CompletionStage<@Nullable Object> staged(@Nullable Object returned) {
        if (returned == null || returned instanceof CompletionStage<?>) {
            return (CompletionStage<@Nullable Object>) returned;
        }
        try {
            return CompletableFuture.completedFuture(((Future<?>) returned).get());
        } catch (ExecutionException failed) {
            return CompletableFuture.failedFuture(failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException givenUp) {
            ((Future<?>) returned).cancel(true);
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(givenUp);
        }
    }

    /** Takes what a fallback returned, be it the value or a future of it. */
    @SuppressWarnings("unchecked")
    private static CompletionStage<@Nullable Object> answered(@Nullable Object returned) {
        if (returned instanceof CompletionStage<?> stage) {
            return (CompletionStage<@Nullable Object>) stage;
        }
        if (returned instanceof Future<?> future) {
            return CompletableFuture.supplyAsync(() -> awaited(future));
        }
        return CompletableFuture.completedFuture(returned);
    }

    /** Completes with what the fallback does; cancelling it cancels the fallback's future. */
    @SuppressWarnings("FutureReturnValueIgnored") // the dependent stages only pass on
    private static CompletionStage<@Nullable Object> keeping(
            Throwable first, CompletionStage<@Nullable Object> fallback) {
        CompletableFuture<@Nullable Object> kept = new CompletableFuture<>();
        fallback.whenComplete((result, failed) -> {
            if (failed == null) {
                kept.complete(result);
            } else {
                Fallback.keep(first, failed);
                kept.completeExceptionally(failed);
            }
        });
        kept.whenComplete((result, failed) -> {
            if (kept.isCancelled()) {
                fallback.toCompletableFuture().cancel(true);
            }
        });
        return kept;
    }

    private static @Nullable Object awaited(Future<?> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new CompletionException(givenUp);
        }
    }

    @Override
    public void bind() {
        guards.bind();
    }
}
