package dev.resilience.bulkhead;

import dev.resilience.Scheduler;
import dev.resilience.Ticker;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Sees that somebody looks again when time alone has changed who may have a place; called under the lock of {@link Places}. */
final class Looks {

    private final Scheduler scheduler;
    private final Ticker ticker;
    private final Runnable look;
    private @Nullable Future<?> pending;
    private long nextAt;

    /** @param look calls {@link Places#look}, under no lock */
    Looks(Scheduler scheduler, Ticker ticker, Runnable look) {
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.look = look;
    }

    /** Has somebody look after so many nanoseconds at the latest. */
    void within(long nanos) {
        long at = ticker.nanos() + nanos;
        Future<?> later = pending;
        if (later != null && at - nextAt >= 0) {
            return;
        }
        if (later != null) {
            later.cancel(false);
        }
        pending = scheduler.schedule(
                () -> {
                    look.run();
                    return null;
                },
                nanos);
        nextAt = at;
    }

    /** Notes that the look which was asked for has begun. */
    void done() {
        pending = null;
    }
}
