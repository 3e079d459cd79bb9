package dev.resilience.spring.autoconfigure;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;

/**
 * The registries, as the configuration has them.
 *
 * @param breakers the breakers
 * @param bulkheads the bulkheads
 */
record ConfiguredGuards(BreakerRegistry breakers, BulkheadRegistry bulkheads) {

    /** Makes the guards that are configured and that no annotation has asked for, so that they can be seen before a first call. */
    void make(ResilienceConfiguration configuration) {
        configuration.breakers().names().forEach(breakers::family);
        configuration.bulkheads().names().forEach(bulkheads::family);
    }

    /**
     * Gives the guards another configuration. Bulkheads come first, because they can refuse.
     *
     * @throws dev.resilience.InvalidSettingException if what an operator laid over a bulkhead does not fit; nothing is changed then
     */
    void configure(ResilienceConfiguration configuration) {
        bulkheads.configure(configuration.bulkheads());
        breakers.configure(configuration.breakers());
        make(configuration);
    }
}
