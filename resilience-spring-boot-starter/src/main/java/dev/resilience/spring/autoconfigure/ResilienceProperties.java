package dev.resilience.spring.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be written under {@code resilience}, besides the keys of single capabilities.
 *
 * <p>Never a bean: Spring Cloud would rebind it in place. {@link ConfigurationReader} binds it afresh each time.
 *
 * @param enabled Whether calls are guarded at all; if not, every guard lets everything through.
 * @param strictNames Whether a name in an annotation must have an entry here.
 * @param stackTraces Whether rejections carry stack traces.
 * @param defaults What holds for every breaker and bulkhead.
 * @param breakers Settings of single breakers by name; what an entry leaves out comes from its template, then from the defaults.
 * @param bulkheads Settings of single bulkheads by name; what an entry leaves out comes from its template, then from the defaults.
 */
@ConfigurationProperties("resilience")
record ResilienceProperties(
        @Allowed("true or false") @DefaultValue("true") boolean enabled,
        @Allowed("true or false") @DefaultValue("false") boolean strictNames,
        @Allowed("true or false") @DefaultValue("false") boolean stackTraces,
        @DefaultValue Defaults defaults,
        @DefaultValue Map<String, BreakerProperties> breakers,
        @DefaultValue Map<String, BulkheadProperties> bulkheads) {

    /**
     * What holds for every breaker and bulkhead.
     *
     * @param breaker What holds for every breaker.
     * @param bulkhead What holds for every bulkhead.
     */
    record Defaults(
            @NestedConfigurationProperty @DefaultValue BreakerDefaults breaker,
            @NestedConfigurationProperty @DefaultValue BulkheadDefaults bulkhead) {}
}
