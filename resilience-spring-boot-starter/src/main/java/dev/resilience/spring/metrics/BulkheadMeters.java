package dev.resilience.spring.metrics;

import dev.resilience.RejectionReason;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.spring.metrics.BulkheadView.Part;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The meters of one class of callers of a bulkhead; {@link GuardMeters} lists them.
 *
 * @param meters those of the bulkhead
 * @param criticality as the tag has it
 */
record BulkheadMeters(MeterSet<BulkheadView> meters, String criticality) {

    static final InstanceMeters.Kind<SemaphoreBulkhead, BulkheadView> KIND = new InstanceMeters.Kind<>(
            SemaphoreBulkhead::name,
            BulkheadView::of,
            view -> view.parts().keySet(),
            (meters, criticality) -> new BulkheadMeters(meters, criticality).register());

    private static final String TAG = "criticality";
    private static final List<RejectionReason> REASONS =
            List.of(RejectionReason.FULL, RejectionReason.WAIT_TIMEOUT, RejectionReason.DEADLINE);

    private void register() {
        gauge("resilience.bulkhead.concurrent", "Calls under way", Part::concurrent);
        gauge("resilience.bulkhead.limit", "Calls that may be under way at once", Part::limit);
        gauge("resilience.bulkhead.queue.depth", "Callers that wait for a place", Part::queueDepth);
        timer(
                "resilience.bulkhead.wait",
                "Callers that have waited for a place",
                part -> part.totals().waited(),
                part -> part.totals().waitNanos());
        timer(
                "resilience.bulkhead.held",
                "Places that were given back",
                part -> part.totals().held(),
                part -> part.totals().heldNanos());
        meters.counter(
                "resilience.bulkhead.evictions",
                "Callers that left the queue because their breaker opened",
                view -> of(view, part -> part.totals().evicted()),
                TAG,
                criticality);
        for (RejectionReason reason : REASONS) {
            rejected(reason, true, part -> part.totals().rejected().getOrDefault(reason, 0L));
            // What is not enforced makes nobody wait: without a free place it counts as full at once.
            rejected(
                    reason,
                    false,
                    part -> reason == RejectionReason.FULL ? part.totals().shadowRejected() : 0);
        }
    }

    private void gauge(String name, String description, ToLongFunction<Part> value) {
        meters.gauge(name, description, view -> of(view, value), TAG, criticality);
    }

    private void timer(String name, String description, ToLongFunction<Part> count, ToLongFunction<Part> nanos) {
        meters.timer(name, description, view -> of(view, count), view -> of(view, nanos), TAG, criticality);
    }

    private void rejected(RejectionReason reason, boolean enforced, ToLongFunction<Part> count) {
        meters.counter(
                "resilience.bulkhead.rejected",
                "Calls that were refused, or would have been",
                view -> of(view, count),
                TAG,
                criticality,
                "reason",
                reason.name().toLowerCase(Locale.ROOT),
                "enforced",
                Boolean.toString(enforced));
    }

    /** Returns a number of this class of callers; 0 where no bulkhead has it. */
    private long of(BulkheadView view, ToLongFunction<Part> number) {
        Part part = view.parts().get(criticality);
        return part == null ? 0 : number.applyAsLong(part);
    }
}
