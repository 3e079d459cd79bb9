package dev.resilience.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of retries.
 *
 * @param budget Percent of the calls of a name that may be retries, besides ten in ten seconds; 0 for no retries at all.
 */
@ConfigurationProperties("resilience.retry")
record RetryProperties(
        @Allowed("0 to 100") @DefaultValue("10") int budget) {

    RetryProperties {
        if (budget < 0 || budget > 100) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.retry.budget", budget, "must be 0 to 100 percent");
        }
    }
}
