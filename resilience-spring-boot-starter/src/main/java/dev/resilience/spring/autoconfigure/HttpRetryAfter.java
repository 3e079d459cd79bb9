package dev.resilience.spring.autoconfigure;

import dev.resilience.GuardEnvironment;
import dev.resilience.Ticker;
import dev.resilience.breaker.RetryAfterRule;
import feign.FeignException;
import feign.RetryableException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** What the HTTP clients' exceptions say of when a server wants to be called again: 429 and 503 with {@code Retry-After}. */
final class HttpRetryAfter {

    private HttpRetryAfter() {}

    private static @Nullable Duration asked(HttpStatusCode status, @Nullable HttpHeaders headers, Ticker ticker) {
        return headers != null && RetryAfterHeader.isMeant(status.value())
                ? RetryAfterHeader.read(headers.getFirst(RetryAfterHeader.NAME), ticker.instant())
                : null;
    }

    /** {@code RestClient} and {@code RestTemplate}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientResponseException.class)
    static class OfRestClient {

        @Bean
        RetryAfterRule restClientRetryAfter(GuardEnvironment environment) {
            return thrown -> thrown instanceof RestClientResponseException response
                    ? asked(response.getStatusCode(), response.getResponseHeaders(), environment.ticker())
                    : null;
        }
    }

    /** {@code WebClient}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClientResponseException.class)
    static class OfWebClient {

        @Bean
        RetryAfterRule webClientRetryAfter(GuardEnvironment environment) {
            return thrown -> thrown instanceof WebClientResponseException response
                    ? asked(response.getStatusCode(), response.getHeaders(), environment.ticker())
                    : null;
        }
    }

    /** OpenFeign. An answer with {@code Retry-After} is a {@code RetryableException} there, around the exception that has the headers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FeignException.class)
    static class OfFeign {

        @Bean
        RetryAfterRule feignRetryAfter(GuardEnvironment environment) {
            return thrown -> thrown instanceof FeignException response && RetryAfterHeader.isMeant(response.status())
                    ? asked(response, environment.ticker().instant())
                    : null;
        }

        private static @Nullable Duration asked(FeignException response, Instant now) {
            String header = header(response);
            if (header == null && response.getCause() instanceof FeignException cause) {
                header = header(cause);
            }
            if (header == null && response instanceof RetryableException retryable && retryable.retryAfter() != null) {
                return Duration.between(now, Instant.ofEpochMilli(retryable.retryAfter()));
            }
            return RetryAfterHeader.read(header, now);
        }

        private static @Nullable String header(FeignException response) {
            return response.responseHeaders().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(RetryAfterHeader.NAME))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst()
                    .orElse(null);
        }
    }
}
