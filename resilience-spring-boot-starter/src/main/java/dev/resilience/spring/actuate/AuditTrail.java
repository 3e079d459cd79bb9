package dev.resilience.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/** Tells of what operators changed: an audit event and a line in the log for each change. */
final class AuditTrail {

    static final String EVENT_TYPE = "GUARD_CHANGED";

    private static final Logger log = LoggerFactory.getLogger(GuardsEndpoint.class);

    private final ApplicationEventPublisher publisher;

    AuditTrail(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    void add(Change change, String principal) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("guard", change.guard());
        data.put("name", change.name().text());
        data.put("key", change.name().key());
        data.put("from", change.from());
        data.put("to", change.to());
        data.put("reason", change.reason());
        data.put("expiry", change.expiry());
        log(data, change, principal);
        publisher.publishEvent(new AuditApplicationEvent(principal, EVENT_TYPE, data));
    }

    private static void log(Map<String, @Nullable Object> data, Change change, String principal) {
        LoggingEventBuilder line = log.atInfo().addKeyValue("principal", principal);
        for (Map.Entry<String, @Nullable Object> entry : data.entrySet()) {
            line = line.addKeyValue(entry.getKey(), entry.getValue());
        }
        line.log("{} changed {} '{}': {} -> {}", principal, change.guard(), change.name(), change.from(), change.to());
    }
}
