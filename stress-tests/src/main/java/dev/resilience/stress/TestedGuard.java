package dev.resilience.stress;

import dev.resilience.CallRejectedException;
import dev.resilience.CallTimeoutException;
import dev.resilience.Guard;
import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.bulkhead.BulkheadPermit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A breaker and a bulkhead with one place, on a clock that stands and a timer that is turned by hand. */
final class TestedGuard {

    private static final Name NAME = Name.of("raced");

    private final HandTurnedTimer timer = new HandTurnedTimer();
    private final GuardEnvironment environment =
            GuardEnvironment.DEFAULT.withTicker(new HandTurnedTicker()).withScheduler(timer);
    private final CircuitBreaker breaker =
            new CircuitBreaker(NAME, TestedBreaker.STEADY, BreakerEnvironment.DEFAULT.withGuard(environment));
    private final TestedBulkhead bulkhead = new TestedBulkhead(1, environment);
    private final Guard guard = Guard.of(breaker, bulkhead.bulkhead());

    Guard guard() {
        return guard;
    }

    Guard guardWithTimeout() {
        return guard.withTimeout(Duration.ofSeconds(1));
    }

    /** Lets the time of the call be over, as soon as there is one. */
    void timeOut() {
        timer.goOff();
    }

    BulkheadPermit takeThePlace() {
        return bulkhead.take();
    }

    void giveBack(BulkheadPermit place) {
        bulkhead.bulkhead().giveBack(place);
    }

    void forceOpen() {
        breaker.force(Force.to(BreakerState.FORCED_OPEN));
    }

    /** Returns how a future ended that must have done so. */
    static String end(CompletableFuture<String> future) {
        try {
            String made = future.getNow("under way");
            return made;
        } catch (CompletionException thrown) {
            return name(thrown.getCause() == null ? thrown : thrown.getCause());
        } catch (RuntimeException thrown) {
            return name(thrown);
        }
    }

    /** Returns a short name of what a call threw. */
    static String name(Throwable thrown) {
        if (thrown instanceof CallTimeoutException) {
            return "timeout";
        }
        return thrown instanceof CallRejectedException
                ? "refused"
                : thrown.getClass().getSimpleName();
    }

    /** Returns the counts of outcomes by which it can be told how calls ended, and what is held. */
    String everything() {
        BreakerSnapshot now = breaker.snapshot();
        return total(now, Outcome.SUCCESS) + " S " + total(now, Outcome.TIMEOUT) + " T "
                + total(now, Outcome.CANCELLED) + " C " + now.totals().allRejected() + " R, " + now.concurrent()
                + " out, "
                + bulkhead.standing();
    }

    private static long total(BreakerSnapshot snapshot, Outcome outcome) {
        return snapshot.totals().calls().getOrDefault(outcome, 0L);
    }
}
