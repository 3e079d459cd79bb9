package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import dev.resilience.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The turn of a call that waits without a thread. Who has it is told when it may have come, and takes the place then or leaves the
 * queue; either once. Safe for use by many threads.
 */
public final class PendingPlace implements Places.Turn {

    private final WaitingRoom room;
    private final CallerClass callers;
    private final BulkheadConfig config;
    private final @Nullable Deadline deadline;
    private final Runnable onTurn;
    private final long joinedAt;
    private volatile @Nullable BulkheadPermit granted;
    private volatile @Nullable CallRejectedException refused;

    PendingPlace(
            WaitingRoom room,
            CallerClass callers,
            BulkheadConfig config,
            @Nullable Deadline deadline,
            Runnable onTurn,
            long joinedAt) {
        this.room = room;
        this.callers = callers;
        this.config = config;
        this.deadline = deadline;
        this.onTurn = onTurn;
        this.joinedAt = joinedAt;
    }

    @Override
    public CallerClass callers() {
        return callers;
    }

    @Override
    public void grant(BulkheadPermit place) {
        granted = place;
        room.tellLater(this);
    }

    @Override
    public void exempt() {
        granted = callers.exempted();
        tell();
    }

    @Override
    public void refuse(CallRejectedException why) {
        refused = why;
        tell();
    }

    /** Tells the call; called under no lock. */
    void tell() {
        onTurn.run();
    }

    /** Returns the place, once it is the call's turn; null before. Not to be asked again after that. */
    public @Nullable BulkheadPermit place() {
        BulkheadPermit place = granted;
        if (place != null) {
            room.waited(callers, joinedAt);
        }
        return place;
    }

    /** Returns why the call was sent away without a place; null if it was not. Not to be asked again after that. */
    public @Nullable CallRejectedException refused() {
        CallRejectedException why = refused;
        if (why != null) {
            room.waited(callers, joinedAt);
        }
        return why;
    }

    /** Takes the call out of the queue. Returns false if it has got its place meanwhile, or need not wait any longer. */
    public boolean leave() {
        if (!room.leave(this)) {
            return false;
        }
        room.waited(callers, joinedAt);
        return true;
    }

    /** Returns how many nanoseconds the call waits at the most. */
    public long longestWait() {
        return WaitingRoom.longestWait(config, deadline);
    }

    /** Returns the rejection, counted as such, of a call that has left because it had waited for as long. */
    public CallRejectedException overdue() {
        return room.overdue(callers, config, joinedAt, deadline);
    }

    /** Counts a call that has left because its breaker opened. */
    public void evicted() {
        callers.counts().evicted.increment();
    }
}
