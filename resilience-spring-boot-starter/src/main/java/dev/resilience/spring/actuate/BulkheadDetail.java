package dev.resilience.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resilience.GuardMode;
import dev.resilience.RejectionReason;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.BulkheadTotals;
import dev.resilience.bulkhead.ShareSnapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Everything about one bulkhead.
 *
 * @param keys the first keys of the name; null for an instance that has one itself
 * @param truncated true, or null where no key is left out
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BulkheadDetail(
        String name,
        @Nullable String key,
        int maxConcurrent,
        int concurrent,
        int queueDepth,
        int maxQueue,
        Duration maxWait,
        GuardMode mode,
        int rollout,
        Totals totals,
        Duration averageWait,
        Duration averageHeld,
        Map<String, Share> shares,
        List<String> methods,
        Map<String, @Nullable Object> config,
        List<String> overridden,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> keys,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean truncated)
        implements OperationResponseBody {

    static BulkheadDetail of(BulkheadSnapshot seen, List<String> methods, @Nullable List<String> keys) {
        BulkheadConfig config = seen.config();
        return new BulkheadDetail(
                seen.name().text(),
                seen.name().key(),
                config.maxConcurrent(),
                seen.concurrent(),
                seen.queueDepth(),
                config.maxQueue(),
                config.waitOrDefault(),
                config.enforcement().mode(),
                config.enforcement().rollout(),
                Totals.of(seen.totals()),
                seen.totals().averageWait(),
                seen.totals().averageHeld(),
                shares(seen),
                methods,
                ConfigView.of(config),
                seen.overridden(),
                keys == null ? null : Limit.DEFAULT.first(keys),
                keys == null ? null : Limit.DEFAULT.truncates(keys));
    }

    private static Map<String, Share> shares(BulkheadSnapshot seen) {
        Map<String, Share> shares = new LinkedHashMap<>();
        seen.shares().forEach((criticality, share) -> {
            if (share.percent() > 0) {
                shares.put(criticality, Share.of(share));
            }
        });
        return shares;
    }

    /** A class of callers that has a share. */
    record Share(int percent, int guaranteed, int concurrent, int queueDepth) {

        static Share of(ShareSnapshot share) {
            return new Share(share.percent(), share.guaranteed(), share.concurrent(), share.queueDepth());
        }
    }

    /** What was counted since the bulkhead was made. */
    record Totals(long permitted, Map<RejectionReason, Long> rejected, long shadowRejected, long evicted) {

        static Totals of(BulkheadTotals totals) {
            return new Totals(totals.permitted(), totals.rejected(), totals.shadowRejected(), totals.evicted());
        }
    }
}
