package dev.resilience.spring.metrics;

import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.BulkheadTotals;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.bulkhead.ShareSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the meters of a bulkhead show.
 *
 * @param parts its callers, by the value of the tag {@code criticality}
 */
record BulkheadView(Map<String, Part> parts) implements View<BulkheadView> {

    /** The callers without a share. */
    static final String UNRESERVED = "none";

    /**
     * One class of callers.
     *
     * @param totals counts
     * @param concurrent calls under way
     * @param limit calls at once; of a share, its places
     * @param queueDepth callers that wait
     */
    record Part(BulkheadTotals totals, long concurrent, long limit, long queueDepth) {

        private static Part of(ShareSnapshot share, int limit) {
            return new Part(share.totals(), share.concurrent(), limit, share.queueDepth());
        }

        private Part plus(Part other) {
            return new Part(
                    totals.plus(other.totals),
                    concurrent + other.concurrent,
                    limit + other.limit,
                    queueDepth + other.queueDepth);
        }

        private Part remains() {
            return new Part(totals, 0, 0, 0);
        }
    }

    static BulkheadView of(SemaphoreBulkhead bulkhead) {
        BulkheadSnapshot snapshot = bulkhead.snapshot();
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put(UNRESERVED, Part.of(snapshot.unreserved(), snapshot.config().maxConcurrent()));
        snapshot.shares()
                .forEach((criticality, share) -> parts.put(tag(criticality), Part.of(share, share.guaranteed())));
        return new BulkheadView(parts);
    }

    private static String tag(String criticality) {
        return criticality.equals(UNRESERVED) ? "[" + criticality + "]" : criticality;
    }

    @Override
    public BulkheadView plus(BulkheadView other) {
        Map<String, Part> both = new LinkedHashMap<>(parts);
        other.parts.forEach((criticality, part) -> both.merge(criticality, part, Part::plus));
        return new BulkheadView(both);
    }

    @Override
    public boolean isBusy() {
        return parts.values().stream().anyMatch(part -> part.concurrent() + part.queueDepth() > 0);
    }

    @Override
    public BulkheadView remains() {
        Map<String, Part> remains = new LinkedHashMap<>();
        parts.forEach((criticality, part) -> remains.put(criticality, part.remains()));
        return new BulkheadView(remains);
    }
}
