package dev.resilience.spring.shared;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The store as the protocol sees it: it orders and dates changes of the fleet's breakers, and decides nothing.
 *
 * <p>No method blocks. What is returned completes on the thread of the connection, so whoever follows up on it must not
 * block either; it completes exceptionally if the store cannot be reached, refuses, or has not answered within
 * {@link StoreSettings#commandTimeout()}. Of a breaker whose name is not {@linkplain BreakerNames#canBeShared fit} nothing is
 * sent, and an {@link IllegalArgumentException} is thrown at once. Thread-safe.
 */
interface FleetStore {

    /**
     * Changes or reads the state of one breaker.
     *
     * @param knownEpoch the epoch of the state that the command was decided on; 0 for CLOSED since ever
     */
    CompletionStage<StoreAnswer> act(String breaker, long knownEpoch, StoreCommand command);

    /** Returns roughly what time the store has, in milliseconds, from its last answer; asks nothing. */
    long time();

    /** Adds what this node counted of several breakers, and answers with the fleet's sums in the same order. */
    CompletionStage<SyncAnswers> sync(List<SyncDelta> deltas);

    /** Says that this node is alive. */
    CompletionStage<Beat> beat();

    /** Says that this node ends, so that it is not counted any longer. */
    CompletionStage<Void> leave();

    /** Reads the breakers of a shard that changed at an epoch or later, in order of epochs. */
    CompletionStage<List<LogEntry>> changesSince(int shard, long epoch);

    /** Reads the newest epoch of a shard, empty if nothing of it has ever changed or the store lost its data. */
    CompletionStage<OptionalLong> newestEpoch(int shard);

    /** Reads the epochs of the last changes of some breakers of a shard; those that never changed are left out. */
    CompletionStage<Map<String, Long>> epochs(int shard, List<String> breakers);
}
