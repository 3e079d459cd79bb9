package dev.resilience;

import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.bulkhead.WaitingCall;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call into a bulkhead that has no free place, with a breaker's permit in hand: while it waits the breaker may move,
 * and then the permit is worth nothing.
 */
final class Admission implements WaitingCall {

    private final @Nullable CircuitBreaker breaker;
    private final SemaphoreBulkhead bulkhead;
    private final @Nullable Criticality criticality;
    private final @Nullable Deadline deadline;
    private @Nullable BreakerPermit permit;
    private @Nullable BulkheadPermit place;
    private @Nullable Runnable wake;

    Admission(
            @Nullable CircuitBreaker breaker,
            @Nullable BreakerPermit permit,
            SemaphoreBulkhead bulkhead,
            @Nullable Criticality criticality,
            @Nullable Deadline deadline) {
        this.breaker = breaker;
        this.permit = permit;
        this.bulkhead = bulkhead;
        this.criticality = criticality;
        this.deadline = deadline;
    }

    /** Waits for a place, and sees that both permits are good afterwards or that both are back. */
    void await() {
        try {
            BulkheadPermit granted = bulkhead.acquire(criticality, this);
            place = granted;
            check();
        } catch (BulkheadFullException | DeadlineExceededException noPlace) {
            refuse();
            throw noPlace;
        } catch (CancellationException interrupted) {
            cancel();
            throw interrupted;
        } catch (Throwable rejectedOrBroken) {
            giveBack();
            throw rejectedOrBroken;
        }
    }

    @Override
    public void joined(Runnable wakeUp) {
        if (breaker != null) {
            wake = wakeUp;
            breaker.wakeOnOpening(wakeUp);
        }
    }

    /** Asks the breaker again if it has moved on from the state that granted the permit. */
    @Override
    public void check() {
        BreakerPermit held = permit;
        if (breaker == null || held == null || breaker.isCurrent(held)) {
            return;
        }
        permit = null;
        breaker.giveBack(held);
        permit = breaker.acquire();
    }

    @Override
    public @Nullable Deadline deadline() {
        return deadline;
    }

    @Override
    public void left() {
        if (breaker != null && wake != null) {
            breaker.forgetWaiter(wake);
        }
    }

    private void refuse() {
        if (breaker != null && permit != null) {
            breaker.refuse(permit);
        }
    }

    private void cancel() {
        if (breaker != null && permit != null) {
            long now = breaker.ticker().nanos();
            breaker.end(permit, Outcome.CANCELLED, now, now, null);
        }
    }

    private void giveBack() {
        if (breaker != null && permit != null) {
            breaker.giveBack(permit);
        }
        if (place != null) {
            bulkhead.giveBack(place);
        }
    }

    @Nullable
    BreakerPermit permit() {
        return permit;
    }

    BulkheadPermit place() {
        return Objects.requireNonNull(place);
    }
}
