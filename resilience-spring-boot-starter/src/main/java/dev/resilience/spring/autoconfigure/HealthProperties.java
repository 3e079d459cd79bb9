package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of the health indicator.
 *
 * @param downWhenOpen Names of breakers, in any spelling, whose being open makes the application's health DOWN.
 */
@ConfigurationProperties("resilience.health")
record HealthProperties(@DefaultValue List<String> downWhenOpen) {

    HealthProperties {
        for (String name : downWhenOpen) {
            if (!Name.isValid(name)) {
                throw new InvalidConfigurationPropertyValueException(
                        "resilience.health.down-when-open",
                        name,
                        "must be the name of a breaker: a letter or digit, then up to 99 letters, digits, '_' or '-'");
            }
        }
    }
}
