package dev.resilience.spring.autoconfigure;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.bulkhead.BulkheadConfig;

/**
 * What an application has configured, completed and checked. Immutable.
 *
 * @param enabled whether calls are guarded at all
 * @param strictNames whether a name in an annotation must have an entry
 * @param stackTraces whether rejections carry stack traces
 * @param breakers the configuration of every breaker
 * @param sharing what the entries of breakers say of how they are shared
 * @param bulkheads the configuration of every bulkhead
 */
record ResilienceConfiguration(
        boolean enabled,
        boolean strictNames,
        boolean stackTraces,
        GuardConfigs<BreakerConfig> breakers,
        GuardConfigs<SharedEntry> sharing,
        GuardConfigs<BulkheadConfig> bulkheads) {

    private static final Enforcement OFF = new Enforcement(GuardMode.OFF, 100);

    /** Returns a copy in which every guard lets everything through. */
    ResilienceConfiguration switchedOff() {
        return new ResilienceConfiguration(
                false,
                strictNames,
                stackTraces,
                breakers.with(config -> config.withEnforcement(OFF)),
                sharing,
                bulkheads.with(config -> config.withEnforcement(OFF)));
    }
}
