package dev.resilience.spring.aop;

import dev.resilience.Guard;
import dev.resilience.Name;
import dev.resilience.bulkhead.BulkheadExecutor;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BulkheadFamily;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The instances that a method's guard can be made of. Looked up when first needed: registries come later than the plans. */
final class GuardFamilies {

    private final Registries registries;
    private final GuardedMethod method;
    private final @Nullable Name breakerName;
    private final @Nullable Name bulkheadName;
    private volatile @Nullable BreakerFamily breakers;
    private volatile @Nullable BulkheadFamily bulkheads;

    /** At least one of the names is there. */
    GuardFamilies(
            Registries registries, GuardedMethod method, @Nullable Name breakerName, @Nullable Name bulkheadName) {
        this.registries = registries;
        this.method = method;
        this.breakerName = breakerName;
        this.bulkheadName = bulkheadName;
    }

    Guard guard(@Nullable String breakerKey, @Nullable String bulkheadKey) {
        BreakerFamily ofBreaker = breakers();
        BulkheadFamily ofBulkhead = bulkheads();
        if (ofBreaker == null) {
            return Guard.of(Objects.requireNonNull(ofBulkhead).get(bulkheadKey));
        }
        if (ofBulkhead == null) {
            return Guard.of(ofBreaker.get(breakerKey));
        }
        return Guard.of(ofBreaker.get(breakerKey), ofBulkhead.get(bulkheadKey));
    }

    /**
     * Makes the names known to the registries.
     *
     * @throws InvalidGuardException if the bulkhead's threads and what the method returns do not go together
     */
    void bind() {
        breakers();
        BulkheadFamily ofBulkhead = bulkheads();
        MethodRules.checkExecutor(
                method,
                ofBulkhead == null ? null : ofBulkhead.name(),
                ofBulkhead == null
                        ? BulkheadExecutor.CALLER
                        : ofBulkhead.plain().config().executor());
    }

    private @Nullable BreakerFamily breakers() {
        BreakerFamily known = breakers;
        if (known == null && breakerName != null) {
            known = registries.breakers().get().family(breakerName);
            breakers = known;
        }
        return known;
    }

    private @Nullable BulkheadFamily bulkheads() {
        BulkheadFamily known = bulkheads;
        if (known == null && bulkheadName != null) {
            known = registries.bulkheads().get().family(bulkheadName);
            bulkheads = known;
        }
        return known;
    }
}
