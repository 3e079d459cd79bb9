package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.PendingPlace;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way of one operation into a bulkhead that has no free place, with a breaker's permit in hand and without a thread that waits;
 * {@link Admission} is the same for a thread.
 *
 * <p>The number that it is, counts signals that are not dealt with.
 */
/*
 * Whatever happens to the operation while it waits - its turn, the end of its time, an opening of the breaker, a cancellation - only
 * leaves a mark and signals. The first signal brings the work to a thread of the scheduler, and those that come meanwhile are dealt
 * with by the same thread: so one step is taken at a time, and no lock is held while the breaker is asked or the operation is started.
 */
final class AsyncAdmission extends AtomicInteger implements Runnable {

    private static final long serialVersionUID = 1L;

    private final transient GuardedOperation operation;
    private final transient GuardPermits permits;
    private final transient SemaphoreBulkhead bulkhead;
    private final transient Runnable continuation;
    private final transient Runnable wake = this::breakerOpened;
    private transient @Nullable BreakerPermit permit;
    /** What the breaker said while the place came: nobody asks it again, the place goes back. */
    private transient @Nullable CallRejectedException refusal;

    private transient volatile @Nullable PendingPlace turn;
    private transient volatile @Nullable Future<?> alarm;
    private volatile boolean woken;
    private volatile boolean overdue;
    private volatile boolean cancelled;
    private boolean over;

    AsyncAdmission(GuardedOperation operation, GuardPermits permits, @Nullable BreakerPermit permit) {
        this.operation = operation;
        this.permits = permits;
        this.bulkhead = Objects.requireNonNull(permits.bulkhead());
        this.permit = permit;
        this.continuation = Carried.of(this, permits.environment().context());
    }

    /** Queues for a place. */
    void join() {
        PendingPlace joined;
        try {
            joined = bulkhead.queue(operation.criticality(), operation.deadline(), this::signal);
        } catch (BulkheadFullException | DeadlineExceededException full) {
            refuse(full);
            return;
        }
        CircuitBreaker breaker = permits.breaker();
        if (breaker != null) {
            breaker.wakeOnOpening(wake);
        }
        alarm = permits.environment()
                .scheduler()
                .schedule(
                        () -> {
                            overdue = true;
                            signal();
                            return null;
                        },
                        joined.longestWait());
        // no step is taken before, so that the last one finds all there is to undo
        turn = joined;
        breakerOpened();
    }

    private void breakerOpened() {
        woken = true;
        signal();
    }

    /** Gives the operation up. */
    void cancel() {
        cancelled = true;
        signal();
    }

    private void signal() {
        if (getAndIncrement() != 0) {
            return;
        }
        try {
            permits.environment().scheduler().execute(continuation);
        } catch (RejectedExecutionException nobody) {
            continuation.run();
        }
    }

    @Override
    public void run() {
        int seen = get();
        while (seen != 0) {
            step();
            seen = addAndGet(-seen);
        }
    }

    private void step() {
        PendingPlace waiting = turn;
        if (over || waiting == null) {
            return;
        }
        BulkheadPermit place = waiting.place();
        CallRejectedException refused = place == null ? waiting.refused() : null;
        Deadline deadline = operation.deadline();
        if (place != null && deadline != null && deadline.isOver()) {
            // too late to be used: the alarm and the place came at the same time
            bulkhead.giveBack(place);
            finish();
            refuse(waiting.overdue());
        } else if (place != null) {
            enter(place);
        } else if (refused != null) {
            finish();
            permits.giveBack(permit, null);
            operation.refused(refused);
        } else if (cancelled || overdue) {
            leave(waiting);
        } else if (woken) {
            woken = false;
            check(waiting);
        }
    }

    /** Asks the breaker again if it has moved on from the state that granted the permit; evicts the operation if it refuses. */
    private void check(PendingPlace waiting) {
        try {
            renewPermit();
        } catch (CallRejectedException rejection) {
            if (waiting.leave()) {
                waiting.evicted();
                finish();
                operation.refused(rejection);
            } else {
                refusal = rejection;
            }
        }
    }

    private void enter(BulkheadPermit place) {
        finish();
        try {
            renewPermit();
        } catch (CallRejectedException rejection) {
            bulkhead.giveBack(place);
            operation.refused(rejection);
            return;
        }
        operation.permitted(permit, place);
    }

    private void renewPermit() {
        CallRejectedException before = refusal;
        if (before != null) {
            throw before;
        }
        CircuitBreaker breaker = permits.breaker();
        BreakerPermit held = permit;
        if (breaker == null || (held != null && breaker.isCurrent(held))) {
            return;
        }
        permit = null;
        if (held != null) {
            breaker.giveBack(held);
        }
        permit = breaker.acquire();
    }

    /** Leaves the queue; if the place has come in the same moment, the next signal brings it. */
    private void leave(PendingPlace waiting) {
        if (!waiting.leave()) {
            return;
        }
        finish();
        if (cancelled) {
            long now = permits.environment().ticker().nanos();
            permits.endAs(Outcome.CANCELLED, permit, now, now);
        } else {
            refuse(waiting.overdue());
        }
    }

    private void refuse(CallRejectedException rejection) {
        CircuitBreaker breaker = permits.breaker();
        BreakerPermit held = permit;
        if (breaker != null && held != null) {
            breaker.refuse(held);
        }
        operation.refused(rejection);
    }

    private void finish() {
        over = true;
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
        CircuitBreaker breaker = permits.breaker();
        if (breaker != null) {
            breaker.forgetWaiter(wake);
        }
    }
}
