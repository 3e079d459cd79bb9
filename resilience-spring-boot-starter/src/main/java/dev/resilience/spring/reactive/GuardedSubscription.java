package dev.resilience.spring.reactive;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.Guard;
import dev.resilience.GuardedOperation;
import dev.resilience.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One guarded subscription.
 *
 * <p>Downstream gets its subscription at once and the source's signals later; what it requests meanwhile is kept.
 */
/*
 * Signals downstream come from the source, or from stop(). The operation lets one of the two end it, so they never come at once: a
 * value is passed on only after answered() or succeeded() said that the operation has not been stopped, and after that stop() is not
 * called any more.
 */
final class GuardedSubscription<T> extends Operators.DeferredSubscription
        implements CoreSubscriber<T>, GuardedOperation.Work {

    private final Publisher<? extends T> source;
    private final CoreSubscriber<? super T> actual;
    private final boolean single;
    private final boolean tellsOutcome;
    private volatile @Nullable GuardedOperation operation;
    private boolean done;

    /**
     * Creates one.
     *
     * @param single whether the first value is the last signal that matters
     * @param tellsOutcome whether an error is an {@link EndedException}
     */
    GuardedSubscription(
            Publisher<? extends T> source, CoreSubscriber<? super T> actual, boolean single, boolean tellsOutcome) {
        this.source = source;
        this.actual = actual;
        this.single = single;
        this.tellsOutcome = tellsOutcome;
    }

    void beginUnder(Guard guard) {
        actual.onSubscribe(this);
        if (isCancelled()) {
            return;
        }
        ContextView context = actual.currentContext();
        Deadline deadline = context.getOrDefault(Deadline.CONTEXT_KEY, Deadline.current());
        Criticality criticality = context.getOrDefault(Criticality.CONTEXT_KEY, Criticality.current());
        GuardedOperation begun = guard.begin(this, deadline, criticality);
        operation = begun;
        if (isCancelled()) {
            begun.cancelled();
        }
    }

    @Override
    public void start(GuardedOperation started) {
        operation = started;
        try {
            source.subscribe(this);
        } catch (RuntimeException | Error broken) {
            onError(broken);
        }
    }

    @Override
    public void stop(RuntimeException why, @Nullable Outcome outcome) {
        boolean isUnwanted = isCancelled();
        super.cancel();
        if (!isUnwanted) {
            fail(why, outcome);
        }
    }

    @Override
    public void cancel() {
        super.cancel();
        GuardedOperation begun = operation;
        if (begun != null) {
            begun.cancelled();
        }
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        set(subscription);
    }

    @Override
    public void onNext(T value) {
        if (done) {
            Operators.onNextDropped(value, currentContext());
            return;
        }
        boolean inTime = single ? begun().succeeded(value) : begun().answered();
        if (!inTime) {
            done = true;
            Operators.onDiscard(value, currentContext());
            return;
        }
        actual.onNext(value);
        if (single) {
            done = true;
            if (!isCancelled()) {
                actual.onComplete();
            }
        }
    }

    @Override
    public void onError(Throwable thrown) {
        Outcome outcome = done ? null : begun().failed(thrown);
        if (outcome == null) {
            Operators.onErrorDropped(thrown, currentContext());
            return;
        }
        done = true;
        fail(thrown, outcome);
    }

    @Override
    public void onComplete() {
        if (!done && begun().succeeded(null)) {
            actual.onComplete();
        }
        done = true;
    }

    private void fail(Throwable thrown, @Nullable Outcome outcome) {
        actual.onError(tellsOutcome && outcome != Outcome.CANCELLED ? new EndedException(thrown, outcome) : thrown);
    }

    private GuardedOperation begun() {
        GuardedOperation begun = operation;
        if (begun == null) {
            throw new IllegalStateException("The source signals before it was subscribed to");
        }
        return begun;
    }
}
