package dev.resilience.bulkhead;

import dev.resilience.Name;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A view of a bulkhead at one moment; the places and the queue are consistent with each other, and so are the classes of callers
 * with their sum.
 *
 * @param name which bulkhead
 * @param concurrent calls under way, those that were let in by mode or rollout only among them
 * @param queueDepth callers that wait
 * @param totals counts since the bulkhead was made
 * @param config the settings in effect
 * @param overridden keys of the configuration that an operator replaced
 * @param unreserved callers without a share: all of them where there are no shares
 * @param shares the callers that have a share or had one, by the name of their criticality
 */
public record BulkheadSnapshot(
        Name name,
        int concurrent,
        int queueDepth,
        BulkheadTotals totals,
        BulkheadConfig config,
        List<String> overridden,
        ShareSnapshot unreserved,
        Map<String, ShareSnapshot> shares) {

    /** Copies the map. */
    public BulkheadSnapshot {
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    }
}
