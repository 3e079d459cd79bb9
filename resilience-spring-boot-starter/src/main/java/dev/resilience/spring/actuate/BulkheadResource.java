package dev.resilience.spring.actuate;

import dev.resilience.bulkhead.BulkheadSnapshot;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BulkheadFamily;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The bulkheads behind the endpoint. Orders are carried out one at a time, so that what is told of each is what it did. */
final class BulkheadResource implements GuardResource {

    private final Bulkheads bulkheads;
    private final AuditTrail trail;
    private final ReentrantLock lock = new ReentrantLock();

    BulkheadResource(Bulkheads bulkheads, AuditTrail trail) {
        this.bulkheads = bulkheads;
        this.trail = trail;
    }

    @Override
    public List<String> listFields() {
        return List.of("limit");
    }

    @Override
    public BulkheadList list(Fields fields) {
        return bulkheads.list(Limit.of(fields.number("limit")));
    }

    @Override
    public BulkheadDetail read(String name, @Nullable String key) {
        return bulkheads.detail(name, key);
    }

    @Override
    public List<String> orderFields() {
        return BulkheadOrder.FIELDS;
    }

    @Override
    public BulkheadDetail order(String name, @Nullable String key, Fields fields, String by) {
        BulkheadFamily family = bulkheads.family(name);
        SemaphoreBulkhead shown = bulkheads.instance(family, key);
        BulkheadOrder order = BulkheadOrder.of(fields);
        Change change = carryOut(order, key == null ? family : null, shown);
        if (change != null) {
            trail.add(change, by);
        }
        return bulkheads.detail(family, shown);
    }

    private @Nullable Change carryOut(BulkheadOrder order, @Nullable BulkheadFamily all, SemaphoreBulkhead shown) {
        lock.lock();
        try {
            BulkheadSnapshot before = shown.snapshot();
            boolean changed = all == null ? carryOut(order, shown) : carryOut(order, all);
            return changed ? change(before, shown.snapshot(), order) : null;
        } finally {
            lock.unlock();
        }
    }

    private static boolean carryOut(BulkheadOrder order, BulkheadFamily family) {
        if (order.clears()) {
            return family.clearOverride();
        }
        family.override(order.override());
        return true;
    }

    private static boolean carryOut(BulkheadOrder order, SemaphoreBulkhead bulkhead) {
        if (order.clears()) {
            return bulkhead.clearOverride();
        }
        bulkhead.override(order.override());
        return true;
    }

    private static Change change(BulkheadSnapshot before, BulkheadSnapshot after, BulkheadOrder order) {
        List<String> keys =
                order.clears() ? before.overridden() : order.override().keys();
        return new Change(
                "bulkhead",
                after.name(),
                Change.described(null, keys, ConfigView.of(before.config())),
                Change.described(null, keys, ConfigView.of(after.config())),
                null,
                null);
    }
}
