package dev.resilience.soak;

import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerTotals;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.BulkheadTotals;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BulkheadFamily;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What all instances of a name have counted, those among them that are gone.
 *
 * @param keys instances that have a key
 * @param concurrent calls under way
 * @param queued callers that wait
 */
record FamilyTotals(String name, int keys, long concurrent, long queued, Map<String, Long> counts) {

    static FamilyTotals of(BreakerFamily family) {
        List<BreakerSnapshot> all =
                family.all().stream().map(CircuitBreaker::snapshot).toList();
        BreakerTotals totals = Stream.concat(
                        all.stream().map(BreakerSnapshot::totals), Stream.ofNullable(family.dropped()))
                .reduce(BreakerTotals::plus)
                .orElseThrow();
        Map<String, Long> counts = new TreeMap<>();
        totals.calls().forEach((outcome, count) -> counts.put("call " + outcome, count));
        totals.rejected().forEach((reason, count) -> counts.put("rejected " + reason, count));
        totals.transitions().forEach((state, count) -> counts.put("to " + state, count));
        counts.put("slow", totals.slow());
        counts.put("shadowRejected", totals.allShadowRejected());
        counts.put("dropped", family.dropped() == null ? 0L : 1L);
        long concurrent = all.stream().mapToLong(BreakerSnapshot::concurrent).sum();
        return new FamilyTotals(family.name().text(), all.size() - 1, concurrent, 0, counts);
    }

    static FamilyTotals of(BulkheadFamily family) {
        List<BulkheadSnapshot> all =
                family.all().stream().map(SemaphoreBulkhead::snapshot).toList();
        BulkheadTotals totals = Stream.concat(
                        all.stream().map(BulkheadSnapshot::totals), Stream.ofNullable(family.dropped()))
                .reduce(BulkheadTotals::plus)
                .orElseThrow();
        Map<String, Long> counts = new TreeMap<>();
        totals.rejected().forEach((reason, count) -> counts.put("rejected " + reason, count));
        counts.put("permitted", totals.permitted());
        counts.put("held", totals.held());
        counts.put("waited", totals.waited());
        counts.put("evicted", totals.evicted());
        counts.put("shadowRejected", totals.shadowRejected());
        counts.put("dropped", family.dropped() == null ? 0L : 1L);
        return new FamilyTotals(
                family.name().text(),
                all.size() - 1,
                all.stream().mapToLong(BulkheadSnapshot::concurrent).sum(),
                all.stream().mapToLong(BulkheadSnapshot::queueDepth).sum(),
                counts);
    }
}
