package dev.resilience.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Bulkheads in short, by name.
 *
 * @param truncated true, or null where nothing is left out
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BulkheadList(
        Map<String, BulkheadSummary> bulkheads,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean truncated) implements OperationResponseBody {}
