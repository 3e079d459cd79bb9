package dev.resilience.spring.aop;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.util.function.Supplier;

/**
 * Where guards come from. Suppliers, because the post-processor is there before any registry may be created.
 *
 * @param breakers returns the same registry each time
 * @param bulkheads returns the same registry each time
 */
public record Registries(Supplier<BreakerRegistry> breakers, Supplier<BulkheadRegistry> bulkheads) {}
