package dev.resilience;

import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.OwnThreads;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The place of an operation, which is given back when the operation has ended and the bulkhead's own thread, if one works for it, is
 * free: an interrupted thread may take its time.
 */
final class HeldPlace {

    private final GuardPermits permits;
    private final @Nullable BulkheadPermit place;
    private final long startedAt;
    private final AtomicInteger holders = new AtomicInteger(1);
    private volatile @Nullable FutureTask<?> work;

    HeldPlace(GuardPermits permits, @Nullable BulkheadPermit place, long startedAt) {
        this.permits = permits;
        this.place = place;
        this.startedAt = startedAt;
    }

    /**
     * Has a thread of the bulkhead's own do something.
     *
     * @throws RejectedExecutionException if it takes no more work
     */
    void startOn(OwnThreads threads, Runnable start) {
        FutureTask<?> task = new FutureTask<>(start, null);
        work = task;
        holders.set(2);
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    letGo();
                }
            });
        } catch (RejectedExecutionException closed) {
            letGo();
            throw closed;
        }
    }

    /** Says that one of the two has no more use for it. */
    void letGo() {
        if (holders.decrementAndGet() == 0) {
            permits.release(place, startedAt, permits.environment().ticker().nanos());
        }
    }

    /** Gives it back unused. */
    void giveBack() {
        if (holders.decrementAndGet() == 0) {
            permits.giveBack(null, place);
        }
    }

    void interruptThread() {
        FutureTask<?> task = work;
        if (task != null) {
            task.cancel(true);
        }
    }
}
