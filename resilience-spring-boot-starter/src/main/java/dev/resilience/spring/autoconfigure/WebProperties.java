package dev.resilience.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the HTTP answers.
 *
 * @param errorResponses Whether rejected and overdue calls that no exception handler takes are answered with problem details, 503 and Retry-After or 504.
 */
@ConfigurationProperties("resilience.web")
record WebProperties(
        @Allowed("true or false") @DefaultValue("true") boolean errorResponses) {}
