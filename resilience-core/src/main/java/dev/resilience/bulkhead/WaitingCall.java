package dev.resilience.bulkhead;

import dev.resilience.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits in a bulkhead's queue, as far as the bulkhead must know it: something that can be woken before its turn and
 * then says whether it still wants to wait.
 *
 * <p>All methods are called on the thread that waits, under no lock.
 */
public interface WaitingCall {

    /** A call that waits for nothing but its place. */
    WaitingCall FOR_PLACE_ONLY = new WaitingCall() {};

    /**
     * Called when the call has joined the queue.
     *
     * @param wake makes {@link #check} be called soon; may be called from any thread, at any time, any number of times
     */
    default void joined(Runnable wake) {}

    /**
     * Called after joining, after each wake, and not after the call has its place.
     *
     * @throws dev.resilience.CallRejectedException if the call must not wait any longer: it is evicted with this exception
     */
    default void check() {}

    /** Returns the moment until which it waits at most, besides the bulkhead's own limit; null if it has none. */
    default @Nullable Deadline deadline() {
        return null;
    }

    /** Called when the call has left the queue, with or without a place. */
    default void left() {}
}
