package dev.resilience.soak;

import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** A dependency with a breaker for each tenant, more than there may be, which watches from inside that its bulkhead holds. */
public class Tenants {

    private final Limits limits;
    private final LongAdder entered = new LongAdder();
    private final LongAdder halfOrders = new LongAdder();
    private final AtomicLong aboveLimit = new AtomicLong();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Tenants(Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes its time for a tenant, and may fail.
     *
     * @param seen which limit was the latest when the call was asked for
     */
    @Breaker(name = "tenants", key = "#tenant")
    @Bulkhead("tenants")
    public String serve(String tenant, int millis, boolean fails, int seen) throws InterruptedException {
        entered.increment();
        watch(inside.incrementAndGet(), seen);
        try {
            Thread.sleep(millis);
        } finally {
            inside.decrementAndGet();
        }
        if (fails) {
            throw new IllegalStateException("Broken on request");
        }
        return tenant;
    }

    private void watch(int now, int seen) {
        most.accumulateAndGet(now, Math::max);
        if (now > limits.largestSince(seen)) {
            aboveLimit.incrementAndGet();
        }
        if (!limits.areOfOneOrder()) {
            halfOrders.increment();
        }
    }

    long entered() {
        return entered.sum();
    }

    /** Returns how often somebody came in who found more than the limit. */
    long aboveLimit() {
        return aboveLimit.get();
    }

    /** Returns how often somebody came in who found a part of one order and a part of another. */
    long halfOrders() {
        return halfOrders.sum();
    }

    int most() {
        return most.get();
    }

    /** Stands before the tenants with a bulkhead for each of them, more than there may be. */
    public static class Shelves {

        private final Tenants tenants;
        private final Limits limits;

        Shelves(Tenants tenants, Limits limits) {
            this.tenants = tenants;
            this.limits = limits;
        }

        /** Has a tenant served. */
        @Bulkhead(name = "shelves", key = "#tenant")
        public String fetch(String tenant, int millis, boolean fails) throws InterruptedException {
            return tenants.serve(tenant, millis, fails, limits.latest());
        }
    }
}
