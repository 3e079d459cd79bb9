package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import java.time.Duration;

/** Thrown when a bulkhead with threads of its own was closed, as the application ends, before it could make a call. */
public final class BulkheadClosedException extends CallRejectedException {

    private static final long serialVersionUID = 1L;
    private static final long RETRY_AFTER = Duration.ofSeconds(1).toNanos();

    BulkheadClosedException(Name name) {
        super(name, RejectionReason.CLOSED, RETRY_AFTER, false);
    }

    @Override
    protected String describe(Name name) {
        return "Bulkhead '" + name + "' is closed: the application ends, and the call was not made; try again in "
                + seconds(RETRY_AFTER);
    }
}
