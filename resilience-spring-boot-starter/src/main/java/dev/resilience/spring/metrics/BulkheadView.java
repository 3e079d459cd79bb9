package dev.resilience.spring.metrics;

import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.BulkheadTotals;
import dev.resilience.bulkhead.SemaphoreBulkhead;

/**
 * What the meters of a bulkhead show.
 *
 * @param totals counts
 * @param concurrent calls under way
 * @param limit calls at once
 * @param queueDepth callers that wait
 */
record BulkheadView(BulkheadTotals totals, long concurrent, long limit, long queueDepth) implements View<BulkheadView> {

    static BulkheadView of(SemaphoreBulkhead bulkhead) {
        BulkheadSnapshot snapshot = bulkhead.snapshot();
        return new BulkheadView(
                snapshot.totals(), snapshot.concurrent(), snapshot.config().maxConcurrent(), snapshot.queueDepth());
    }

    @Override
    public BulkheadView plus(BulkheadView other) {
        return new BulkheadView(
                totals.plus(other.totals),
                concurrent + other.concurrent,
                limit + other.limit,
                queueDepth + other.queueDepth);
    }

    @Override
    public BulkheadView remains() {
        return new BulkheadView(totals, 0, 0, 0);
    }
}
