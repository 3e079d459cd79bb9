package dev.resilience.spring.web;

import dev.resilience.CallRejectedException;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;

/** Makes rejections as guards make them. */
final class Refused {

    private Refused() {}

    static CallRejectedException byABulkhead() {
        SemaphoreBulkhead stock = new SemaphoreBulkhead("stock", BulkheadConfig.DEFAULTS.withMaxConcurrent(1));
        try {
            stock.call(() -> stock.call(() -> "reserved"));
        } catch (CallRejectedException rejection) {
            return rejection;
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
        throw new IllegalStateException("A second call went through a bulkhead of one");
    }
}
