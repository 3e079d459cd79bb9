package dev.resilience.spring.autoconfigure;

import dev.resilience.InvalidSettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of the deadlines that travel with HTTP requests.
 *
 * @param header Name of the request header that holds the time left, in milliseconds.
 * @param max Longest time that an accepted header can give; a longer one counts as this.
 * @param accept Whether the header is followed in requests from outside; only where all who can send them are trusted.
 * @param send Whether outgoing requests carry what is left of the caller's deadline, and are not made where nothing is left.
 */
@ConfigurationProperties("resilience.deadline")
record DeadlineProperties(
        @Allowed(HeaderName.ALLOWED) @DefaultValue("X-Request-Timeout")
        String header,

        @Allowed("a duration above 0 and at most 365d") @DefaultValue("60s")
        Duration max,

        @Allowed("true or false") @DefaultValue("false") boolean accept,
        @Allowed("true or false") @DefaultValue("true") boolean send) {

    DeadlineProperties {
        HeaderName.require("resilience.deadline.header", header);
        if (max.compareTo(Duration.ZERO) <= 0 || max.compareTo(InvalidSettingException.LONGEST) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.deadline.max", max, "must be a duration above 0 and at most 365d");
        }
    }
}
