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
    private final AtomicInteger holders;
    private volatile @Nullable FutureTask<?> work;
    private volatile boolean interrupted;

    /** @param forThread whether a thread of the bulkhead's own will hold it besides the operation */
    HeldPlace(GuardPermits permits, @Nullable BulkheadPermit place, long startedAt, boolean forThread) {
        this.permits = permits;
        this.place = place;
        this.startedAt = startedAt;
        this.holders = new AtomicInteger(forThread ? 2 : 1);
    }

    /**
     * Has a thread of the bulkhead's own do something, unless the operation has ended; it lets go of the place then.
     *
     * @throws RejectedExecutionException if it takes no more work
     */
    void startOn(OwnThreads threads, Runnable start) {
        FutureTask<?> task = new FutureTask<>(start, null);
        work = task;
        if (interrupted) {
            // whoever ended the operation may have found no work yet that could be told
            task.cancel(false);
        }
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
        interrupted = true;
        FutureTask<?> task = work;
        if (task != null) {
            task.cancel(true);
        }
    }
}
