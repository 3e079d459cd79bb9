package dev.resilience.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.registry.BulkheadFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bulkheads of a name in short: the plain one.
 *
 * @param limit calls at once
 * @param overridden keys of the configuration that an operator replaced
 * @param keys how many keyed instances there are; null where there are none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BulkheadSummary(
        int concurrent,
        int limit,
        int queueDepth,
        List<String> overridden,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer keys) {

    static BulkheadSummary of(BulkheadFamily family) {
        BulkheadSnapshot plain = family.plain().snapshot();
        int keyed = family.all().size() - 1;
        return new BulkheadSummary(
                plain.concurrent(),
                plain.config().maxConcurrent(),
                plain.queueDepth(),
                plain.overridden(),
                keyed == 0 ? null : keyed);
    }
}
