package dev.resilience.spring.actuate;

import dev.resilience.breaker.BreakerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;

/** Reads single guards and lists of them over JMX; nothing is changed there. Safe for use by many threads. */
@EndpointJmxExtension(endpoint = GuardsEndpoint.class)
@RegisterReflectionForBinding({BreakerList.class, BreakerDetail.class, BulkheadList.class, BulkheadDetail.class})
public final class GuardsJmxExtension {

    private final Breakers breakers;
    private final Bulkheads bulkheads;

    /** Creates the extension of an endpoint. */
    public GuardsJmxExtension(GuardsEndpoint endpoint) {
        this.breakers = endpoint.breakers();
        this.bulkheads = endpoint.bulkheads();
    }

    @ReadOperation
    Object breakers(@Nullable String state, @Nullable Integer limit) {
        return answer(() -> {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            if (state != null) {
                fields.put("state", state);
            }
            BreakerState wanted = Fields.of(fields, List.of("state")).constant("state", BreakerState.class);
            return breakers.list(wanted, Limit.of(limit));
        });
    }

    @ReadOperation
    Object breaker(String name, @Nullable String key) {
        return answer(() -> breakers.detail(name, key));
    }

    @ReadOperation
    Object bulkheads(@Nullable Integer limit) {
        return answer(() -> bulkheads.list(Limit.of(limit)));
    }

    @ReadOperation
    Object bulkhead(String name, @Nullable String key) {
        return answer(() -> bulkheads.detail(name, key));
    }

    private static Object answer(Supplier<Object> answer) {
        try {
            return answer.get();
        } catch (Problem refused) {
            throw new InvalidEndpointRequestException(refused.text(), refused.text());
        }
    }
}
