package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import dev.resilience.Ticker;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where threads are parked until it is their turn, their time is over, their breaker opens, or they are interrupted. */
final class WaitingRoom {

    private final Name name;
    private final GuardEnvironment environment;
    private final Ticker ticker;
    private final Places places;

    WaitingRoom(Name name, GuardEnvironment environment, Places places) {
        this.name = name;
        this.environment = environment;
        this.ticker = environment.ticker();
        this.places = places;
    }

    /** Returns a place when it is the caller's turn, or null when nobody has to wait any longer. */
    @Nullable
    BulkheadPermit await(CallerClass callers, WaitingCall call, BulkheadConfig config) {
        long longest = config.waitOrDefault().toNanos();
        ParkedTurn turn = new ParkedTurn(callers);
        if (longest == 0 || !places.join(turn, config.maxQueue())) {
            throw refused(callers, RejectionReason.FULL, config, 0);
        }
        long joinedAt = ticker.nanos();
        try {
            call.joined(turn::wake);
            return parked(turn, call, config, joinedAt);
        } catch (CallRejectedException | CancellationException left) {
            throw left;
        } catch (Throwable broken) {
            abandon(turn);
            throw broken;
        } finally {
            waited(callers, joinedAt);
            call.left();
        }
    }

    private @Nullable BulkheadPermit parked(ParkedTurn turn, WaitingCall call, BulkheadConfig config, long joinedAt) {
        Deadline deadline = call.deadline();
        long longest = longestWait(config, deadline);
        while (true) {
            BulkheadPermit granted = turn.granted();
            if (granted != null && deadline != null && deadline.isOver()) {
                places.giveBack(turn.callers());
                throw overdue(turn.callers(), config, joinedAt, deadline);
            }
            if (granted != null || turn.isExempted()) {
                return granted;
            }
            CallRejectedException refused = turn.refused();
            if (refused != null) {
                throw refused;
            }
            if (turn.takeWakeUp()) {
                check(turn, call);
            }
            boolean interrupted = Thread.currentThread().isInterrupted();
            long left = longest - (ticker.nanos() - joinedAt);
            if (left > 0 && !interrupted) {
                LockSupport.parkNanos(this, left);
            } else if (places.leave(turn)) {
                throw interrupted ? interrupted() : overdue(turn.callers(), config, joinedAt, deadline);
            }
        }
    }

    static long longestWait(BulkheadConfig config, @Nullable Deadline deadline) {
        long longest = config.waitOrDefault().toNanos();
        return deadline == null ? longest : Math.min(longest, deadline.remainingNanos());
    }

    /** Returns the rejection, counted as such, of a call that has waited for too long. */
    CallRejectedException overdue(
            CallerClass callers, BulkheadConfig config, long joinedAt, @Nullable Deadline deadline) {
        if (deadline == null || !deadline.isOver()) {
            return refused(callers, RejectionReason.WAIT_TIMEOUT, config, ticker.nanos() - joinedAt);
        }
        callers.counts().rejected(RejectionReason.DEADLINE);
        return new DeadlineExceededException(name, DeadlineExceededException.Stage.WAITING, environment.stackTraces());
    }

    /**
     * Queues a call that waits without a thread.
     *
     * @throws BulkheadFullException if the queue has no room
     */
    PendingPlace queue(CallerClass callers, BulkheadConfig config, @Nullable Deadline deadline, Runnable onTurn) {
        PendingPlace turn = turn(callers, config, deadline, onTurn);
        if (config.waitOrDefault().isZero() || !places.join(turn, config.maxQueue())) {
            throw refused(callers, RejectionReason.FULL, config, 0);
        }
        return turn;
    }

    PendingPlace turn(CallerClass callers, BulkheadConfig config, @Nullable Deadline deadline, Runnable onTurn) {
        return new PendingPlace(this, callers, config, deadline, onTurn, ticker.nanos());
    }

    void tellLater(PendingPlace turn) {
        places.tellLater(turn);
    }

    boolean leave(Places.Turn turn) {
        return places.leave(turn);
    }

    void waited(CallerClass callers, long joinedAt) {
        callers.counts().waited(ticker.nanos() - joinedAt);
    }

    private CancellationException interrupted() {
        return new CancellationException(
                "Interrupted while waiting for bulkhead '" + name + "'; the interrupt flag is still set");
    }

    private void check(ParkedTurn turn, WaitingCall call) {
        try {
            call.check();
        } catch (CallRejectedException rejection) {
            turn.callers().counts().evicted.increment();
            abandon(turn);
            throw rejection;
        }
    }

    private void abandon(ParkedTurn turn) {
        if (!places.leave(turn) && turn.granted() != null) {
            places.giveBack(turn.callers());
        }
    }

    private BulkheadFullException refused(
            CallerClass callers, RejectionReason reason, BulkheadConfig config, long waited) {
        callers.counts().rejected(reason);
        int kept = places.refuse(callers);
        return new BulkheadFullException(
                name, reason, places.occupancy(), kept, config, waited, environment.stackTraces());
    }
}
