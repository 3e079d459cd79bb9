package dev.resilience.spring.autoconfigure;

import dev.resilience.spring.shared.DroppedOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes an audit event for each order that became void because the fleet has had a newer one. */
record DroppedOrderAudit(ApplicationEventPublisher publisher) {

    static final String EVENT_TYPE = "GUARD_ORDER_DROPPED";

    private static final String NOBODY = "anonymous";

    void add(DroppedOrder order) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("guard", "breaker");
        data.put("name", order.breaker().text());
        data.put("key", order.breaker().key());
        data.put("order", order.order());
        publisher.publishEvent(
                new AuditApplicationEvent(Objects.requireNonNullElse(order.by(), NOBODY), EVENT_TYPE, data));
    }
}
