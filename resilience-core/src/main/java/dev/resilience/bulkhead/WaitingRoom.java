package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import dev.resilience.Ticker;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where threads are parked until it is their turn, their time is over, their breaker opens, or they are interrupted. */
final class WaitingRoom {

    private final Name name;
    private final GuardEnvironment environment;
    private final Ticker ticker;
    private final Places places;
    private final BulkheadCounts counts;
    private final Queue<PendingPlace> ready = new ConcurrentLinkedQueue<>();

    WaitingRoom(Name name, GuardEnvironment environment, Places places, BulkheadCounts counts) {
        this.name = name;
        this.environment = environment;
        this.ticker = environment.ticker();
        this.places = places;
        this.counts = counts;
    }

    /** Returns a place when it is the caller's turn, or null when nobody has to wait any longer. */
    @Nullable
    BulkheadPermit await(WaitingCall call, BulkheadConfig config) {
        long longest = config.waitOrDefault().toNanos();
        ParkedTurn turn = new ParkedTurn();
        if (longest == 0 || !places.join(turn, config.maxQueue())) {
            throw counted(full(RejectionReason.FULL, config, 0));
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
            waited(joinedAt);
            call.left();
        }
    }

    private @Nullable BulkheadPermit parked(ParkedTurn turn, WaitingCall call, BulkheadConfig config, long joinedAt) {
        Deadline deadline = call.deadline();
        long longest = longestWait(config, deadline);
        while (true) {
            BulkheadPermit granted = turn.granted();
            if (granted != null || turn.isExempted()) {
                return granted;
            }
            if (turn.takeWakeUp()) {
                check(turn, call);
            }
            boolean interrupted = Thread.currentThread().isInterrupted();
            long left = longest - (ticker.nanos() - joinedAt);
            if (left > 0 && !interrupted) {
                LockSupport.parkNanos(this, left);
            } else if (places.leave(turn)) {
                throw interrupted ? interrupted() : counted(overdue(config, longest, deadline));
            }
        }
    }

    static long longestWait(BulkheadConfig config, @Nullable Deadline deadline) {
        long longest = config.waitOrDefault().toNanos();
        return deadline == null ? longest : Math.min(longest, deadline.remainingNanos());
    }

    /** Returns the rejection of a call that has waited for too long; it is not counted yet. */
    CallRejectedException overdue(BulkheadConfig config, long waited, @Nullable Deadline deadline) {
        if (deadline == null || !deadline.isOver()) {
            return full(RejectionReason.WAIT_TIMEOUT, config, waited);
        }
        return new DeadlineExceededException(name, DeadlineExceededException.Stage.WAITING, environment.stackTraces());
    }

    private CancellationException interrupted() {
        return new CancellationException(
                "Interrupted while waiting for bulkhead '" + name + "'; the interrupt flag is still set");
    }

    private void check(ParkedTurn turn, WaitingCall call) {
        try {
            call.check();
        } catch (CallRejectedException rejection) {
            evicted();
            abandon(turn);
            throw rejection;
        }
    }

    private void abandon(ParkedTurn turn) {
        if (!places.leave(turn) && turn.granted() != null) {
            places.giveBack();
        }
    }

    private BulkheadFullException full(RejectionReason reason, BulkheadConfig config, long waited) {
        return new BulkheadFullException(name, reason, places.occupancy(), config, waited, environment.stackTraces());
    }

    private <X extends CallRejectedException> X counted(X rejection) {
        count(rejection.reason());
        return rejection;
    }

    /**
     * Queues a call that waits without a thread.
     *
     * @throws BulkheadFullException if the queue has no room
     */
    PendingPlace queue(
            SemaphoreBulkhead bulkhead, BulkheadConfig config, @Nullable Deadline deadline, Runnable onTurn) {
        PendingPlace turn = new PendingPlace(bulkhead, this, config, deadline, onTurn);
        if (config.waitOrDefault().isZero() || !places.join(turn, config.maxQueue())) {
            throw counted(full(RejectionReason.FULL, config, 0));
        }
        return turn;
    }

    boolean leave(Places.Turn turn) {
        return places.leave(turn);
    }

    void waited(long joinedAt) {
        counts.waited(ticker.nanos() - joinedAt);
    }

    void count(RejectionReason reason) {
        counts.rejected(reason);
    }

    void evicted() {
        counts.evicted.increment();
    }

    /** Keeps a call whose turn has come, to be told when no lock is held. */
    void ready(PendingPlace turn) {
        ready.add(turn);
    }

    /** Tells those whose turn has come; called under no lock, after everything that may have given somebody a place. */
    void tellReady() {
        if (ready.isEmpty()) {
            return;
        }
        for (PendingPlace turn = ready.poll(); turn != null; turn = ready.poll()) {
            turn.tell();
        }
    }
}
