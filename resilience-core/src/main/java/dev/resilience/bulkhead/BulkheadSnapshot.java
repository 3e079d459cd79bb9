package dev.resilience.bulkhead;

import dev.resilience.Name;
import java.util.List;

/**
 * A view of a bulkhead at one moment; the places and the queue are consistent with each other.
 *
 * @param name which bulkhead
 * @param concurrent calls under way, those that were let in by mode or rollout only among them
 * @param queueDepth callers that wait
 * @param totals counts since the bulkhead was made
 * @param config the settings in effect
 * @param overridden keys of the configuration that an operator replaced
 */
public record BulkheadSnapshot(
        Name name,
        int concurrent,
        int queueDepth,
        BulkheadTotals totals,
        BulkheadConfig config,
        List<String> overridden) {}
