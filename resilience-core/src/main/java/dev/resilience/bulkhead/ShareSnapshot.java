package dev.resilience.bulkhead;

/**
 * A view of one class of callers of a bulkhead at one moment.
 *
 * @param percent its share; 0 for callers without one, and for a class that has one no longer
 * @param guaranteed the places of its share
 * @param concurrent its calls under way, those that were let in by mode or rollout only among them
 * @param queueDepth its callers that wait
 * @param totals counts since the bulkhead was made
 */
public record ShareSnapshot(int percent, int guaranteed, int concurrent, int queueDepth, BulkheadTotals totals) {

    /** Returns what is added up of both: calls, callers and counts, but neither percents nor places. */
    ShareSnapshot plus(ShareSnapshot other) {
        return new ShareSnapshot(
                0, 0, concurrent + other.concurrent, queueDepth + other.queueDepth, totals.plus(other.totals));
    }
}
