package dev.resilience;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The future of a guarded call, or of what was done instead of it. */
final class FutureCall<A, T extends @Nullable Object> extends CompletableFuture<T> implements GuardedOperation.Work {

    private final A argument;
    private final GuardedCall<A, ? extends @Nullable CompletionStage<T>, ?> call;
    private final @Nullable Recovery<A, ? extends @Nullable CompletionStage<T>, ?> recovery;
    private volatile @Nullable CompletionStage<T> source;

    FutureCall(
            A argument,
            GuardedCall<A, ? extends @Nullable CompletionStage<T>, ?> call,
            @Nullable Recovery<A, ? extends @Nullable CompletionStage<T>, ?> recovery) {
        this.argument = argument;
        this.call = call;
        this.recovery = recovery;
    }

    /** Begins the call, and gives it up when the caller completes or cancels this future before it ends. */
    @SuppressWarnings("FutureReturnValueIgnored") // the dependent stage only listens, and throws nothing
    CompletableFuture<T> madeBy(Guard guard) {
        GuardedOperation operation = guard.operation(this);
        whenComplete((result, thrown) -> {
            operation.cancelled();
            cancelSource();
        });
        operation.begin();
        return this;
    }

    @Override
    public void start(GuardedOperation operation) {
        CompletionStage<T> stage;
        try {
            stage = made();
        } catch (Throwable thrown) {
            failed(operation, thrown);
            return;
        }
        follow(stage);
        stage.whenComplete((result, thrown) -> {
            if (thrown != null) {
                failed(operation, thrown);
            } else if (operation.succeeded(result)) {
                complete(result);
            }
        });
    }

    private CompletionStage<T> made() throws Throwable {
        CompletionStage<T> stage = call.call(argument);
        if (stage == null) {
            throw new NullPointerException("The guarded call returned null instead of a CompletionStage");
        }
        return stage;
    }

    private void failed(GuardedOperation operation, Throwable thrown) {
        Outcome outcome = operation.failed(thrown);
        if (outcome != null) {
            recover(thrown, outcome);
        }
    }

    @Override
    public void stop(RuntimeException why, @Nullable Outcome outcome) {
        cancelSource();
        recover(why, outcome);
    }

    private void recover(Throwable thrown, @Nullable Outcome outcome) {
        if (recovery == null || outcome == Outcome.CANCELLED) {
            completeExceptionally(thrown);
            return;
        }
        CompletionStage<T> instead;
        try {
            instead = recovery.recover(argument, thrown, outcome);
        } catch (Throwable failed) {
            completeExceptionally(failed);
            return;
        }
        if (instead == null) {
            completeExceptionally(new NullPointerException("The recovery returned null instead of a CompletionStage"));
            return;
        }
        follow(instead);
        instead.whenComplete((result, failed) -> {
            if (failed != null) {
                completeExceptionally(failed);
            } else {
                complete(result);
            }
        });
    }

    /** From now on this stage is cancelled with the future; at once, if the future is complete already. */
    private void follow(CompletionStage<T> stage) {
        source = stage;
        if (isDone()) {
            cancelSource();
        }
    }

    private void cancelSource() {
        CompletionStage<T> followed = source;
        if (followed == null) {
            return;
        }
        try {
            followed.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException cannotBeCancelled) {
            // a stage need not be a future; nobody listens to this one any longer
        }
    }
}
