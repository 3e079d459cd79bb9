package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import java.time.Duration;

/** Thrown when a bulkhead had no place for a call, at once or after a wait. */
public final class BulkheadFullException extends CallRejectedException {

    private static final long serialVersionUID = 1L;
    private static final long RETRY_AFTER = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_A_MILLI = 1e6;

    private final int running;
    private final int kept;
    private final int limit;
    private final int waiting;
    private final int queue;
    private final long waited;

    BulkheadFullException(
            Name name,
            RejectionReason reason,
            Places.Occupancy occupancy,
            int kept,
            BulkheadConfig config,
            long waited,
            boolean withStackTrace) {
        super(name, reason, RETRY_AFTER, withStackTrace);
        this.running = occupancy.running();
        this.kept = kept;
        this.limit = config.maxConcurrent();
        this.waiting = occupancy.queued();
        this.queue = config.maxQueue();
        this.waited = waited;
    }

    @Override
    protected String describe(Name name) {
        String running = "Bulkhead '" + name + "' is full: " + this.running + " of " + limit + " calls running, "
                + (kept == 0 ? "" : kept + " kept for callers under their share, ");
        String why = reason() == RejectionReason.WAIT_TIMEOUT
                ? "waited " + Math.round(waited / NANOS_A_MILLI) + " ms"
                : waiting + " of " + queue + " places in the queue taken";
        return running + why + "; try again in " + seconds(RETRY_AFTER);
    }
}
