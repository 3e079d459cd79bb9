package dev.resilience.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the criticalities that travel with HTTP requests.
 *
 * @param header Name of the request header that holds the class of the caller.
 * @param accept Whether the header is followed in requests from outside; only where all who can send them are trusted.
 * @param send Whether outgoing requests carry the caller's criticality.
 */
@ConfigurationProperties("resilience.criticality")
record CriticalityProperties(
        @Allowed(HeaderName.ALLOWED) @DefaultValue("X-Request-Criticality")
        String header,

        @Allowed("true or false") @DefaultValue("false") boolean accept,
        @Allowed("true or false") @DefaultValue("true") boolean send) {

    CriticalityProperties {
        HeaderName.require("resilience.criticality.header", header);
    }
}
