package dev.resilience.spring.metrics;

import dev.resilience.RejectionReason;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The meters of bulkheads; {@link GuardMeters} lists them. */
final class BulkheadMeters {

    static final InstanceMeters.Kind<SemaphoreBulkhead, BulkheadView> KIND =
            new InstanceMeters.Kind<>(SemaphoreBulkhead::name, BulkheadView::of, BulkheadMeters::register);

    private BulkheadMeters() {}

    private static void register(MeterSet<BulkheadView> meters) {
        meters.gauge("resilience.bulkhead.concurrent", "Calls under way", BulkheadView::concurrent);
        meters.gauge("resilience.bulkhead.limit", "Calls that may be under way at once", BulkheadView::limit);
        meters.gauge("resilience.bulkhead.queue.depth", "Callers that wait for a place", BulkheadView::queueDepth);
        meters.timer(
                "resilience.bulkhead.wait",
                "Callers that have waited for a place",
                view -> view.totals().waited(),
                view -> view.totals().waitNanos());
        meters.timer(
                "resilience.bulkhead.held",
                "Places that were given back",
                view -> view.totals().held(),
                view -> view.totals().heldNanos());
        meters.counter(
                "resilience.bulkhead.evictions",
                "Callers that left the queue because their breaker opened",
                view -> view.totals().evicted());
        rejected(meters, RejectionReason.FULL, true, view -> count(view, RejectionReason.FULL));
        rejected(meters, RejectionReason.WAIT_TIMEOUT, true, view -> count(view, RejectionReason.WAIT_TIMEOUT));
        // What is not enforced makes nobody wait: without a free place it counts as full at once.
        rejected(meters, RejectionReason.FULL, false, view -> view.totals().shadowRejected());
        rejected(meters, RejectionReason.WAIT_TIMEOUT, false, view -> 0);
    }

    private static void rejected(
            MeterSet<BulkheadView> meters,
            RejectionReason reason,
            boolean enforced,
            ToDoubleFunction<BulkheadView> count) {
        meters.counter(
                "resilience.bulkhead.rejected",
                "Calls that were refused, or would have been",
                count,
                "reason",
                reason.name().toLowerCase(Locale.ROOT),
                "enforced",
                Boolean.toString(enforced));
    }

    private static long count(BulkheadView view, RejectionReason reason) {
        return view.totals().rejected().getOrDefault(reason, 0L);
    }
}
