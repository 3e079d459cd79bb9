package dev.resilience.sample.provider;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the provider listens.
 *
 * @param port port of the provider's own, 0 for any
 * @param threads requests that it takes on at once
 */
@ConfigurationProperties("provider")
record ProviderProperties(
        @DefaultValue("8081") int port, @DefaultValue("300") int threads) {}
