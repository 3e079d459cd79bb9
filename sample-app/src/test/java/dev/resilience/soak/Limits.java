package dev.resilience.soak;

import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BulkheadRegistry;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.event.EventListener;

/** All limits that the bulkhead of the tenants has had, in their order. */
class Limits {

    private static final Pattern LIMIT = Pattern.compile("max-concurrent=(\\d+)");

    private final SemaphoreBulkhead bulkhead;
    private volatile int[] inForce;

    Limits(BulkheadRegistry bulkheads) {
        this.bulkhead = bulkheads.get("tenants");
        this.inForce = new int[] {bulkhead.config().maxConcurrent()};
    }

    /** Hears of each change before the next one is made. */
    @EventListener
    void on(AuditApplicationEvent change) {
        AuditEvent event = change.getAuditEvent();
        Matcher limit = LIMIT.matcher(String.valueOf(event.getData().get("to")));
        if ("tenants".equals(event.getData().get("name")) && limit.find()) {
            add(Integer.parseInt(limit.group(1)));
        }
    }

    private synchronized void add(int limit) {
        int[] more = Arrays.copyOf(inForce, inForce.length + 1);
        more[more.length - 1] = limit;
        inForce = more;
    }

    /** Returns which of them is the latest that is known of. */
    int latest() {
        return inForce.length - 1;
    }

    /** Returns whether the three numbers in force are the same, as the operator gives them. */
    boolean areOfOneOrder() {
        BulkheadConfig now = bulkhead.config();
        return now.maxQueue() == now.maxConcurrent() && now.maxWait().toMillis() == now.maxConcurrent();
    }

    /** Returns the largest that was in force since then, with one that nobody was told of yet. */
    int largestSince(int seen) {
        int now = bulkhead.config().maxConcurrent();
        int[] known = inForce;
        return Math.max(now, Arrays.stream(known, seen, known.length).max().orElse(now));
    }
}
