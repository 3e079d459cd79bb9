package dev.resilience.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the meters.
 *
 * @param keys Whether each key of a guard has its own series instead of one sum over all keys.
 */
@ConfigurationProperties("resilience.metrics")
record MetricsProperties(
        @Allowed("true or false") @DefaultValue("false") boolean keys) {}
