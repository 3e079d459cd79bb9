package dev.resilience.bulkhead;

import dev.resilience.CallRejectedException;
import dev.resilience.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The turn of a call that waits without a thread. Who has it is told when it may have come, and takes the place then or leaves the
 * queue; either once. Safe for use by many threads.
 */
public final class PendingPlace implements Places.Turn {

    private final SemaphoreBulkhead bulkhead;
    private final WaitingRoom room;
    private final BulkheadConfig config;
    private final @Nullable Deadline deadline;
    private final Runnable onTurn;
    private final long joinedAt;
    private volatile @Nullable BulkheadPermit granted;
    private volatile boolean exempted;

    PendingPlace(
            SemaphoreBulkhead bulkhead,
            WaitingRoom room,
            BulkheadConfig config,
            @Nullable Deadline deadline,
            Runnable onTurn) {
        this.bulkhead = bulkhead;
        this.room = room;
        this.config = config;
        this.deadline = deadline;
        this.onTurn = onTurn;
        this.joinedAt = bulkhead.ticker().nanos();
    }

    @Override
    public void grant(BulkheadPermit place) {
        granted = place;
        room.ready(this);
    }

    @Override
    public void exempt() {
        exempted = true;
        room.ready(this);
    }

    /** Tells the call; called under no lock. */
    void tell() {
        onTurn.run();
    }

    /** Returns the place, once it is the call's turn; null before. To be asked no more after that. */
    public @Nullable BulkheadPermit place() {
        BulkheadPermit place = granted;
        if (place == null && exempted) {
            place = bulkhead.exempted();
        }
        if (place != null) {
            room.waited(joinedAt);
        }
        return place;
    }

    /** Takes the call out of the queue. Returns false if it has got its place meanwhile, or need not wait any longer. */
    public boolean leave() {
        if (!room.leave(this)) {
            return false;
        }
        room.waited(joinedAt);
        return true;
    }

    /** Returns how many nanoseconds the call waits at the most. */
    public long longestWait() {
        return WaitingRoom.longestWait(config, deadline);
    }

    /** Returns the rejection of a call that has waited for as long. */
    public CallRejectedException overdue() {
        return room.overdue(config, bulkhead.ticker().nanos() - joinedAt, deadline);
    }

    /** Counts a call that left with a rejection. */
    public void count(CallRejectedException rejection) {
        room.count(rejection.reason());
    }

    /** Counts a call that left because its breaker opened. */
    public void evicted() {
        room.evicted();
    }
}
