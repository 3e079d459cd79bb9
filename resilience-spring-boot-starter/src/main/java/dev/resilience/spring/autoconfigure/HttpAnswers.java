package dev.resilience.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * The HTTP clients' exceptions for a status of 4xx. The server is well and says that the request is wrong; with 408 and 429 it says
 * that it is not well.
 */
final class HttpAnswers {

    private HttpAnswers() {}

    private static boolean isAnswer(HttpStatusCode status) {
        return status.is4xxClientError() && status.value() != 408 && status.value() != 429;
    }

    /** {@code RestClient} and {@code RestTemplate}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientResponseException.class)
    static class OfRestClient {

        @Bean
        AnswerRule restClientAnswers() {
            return thrown ->
                    thrown instanceof RestClientResponseException response && isAnswer(response.getStatusCode());
        }
    }

    /** {@code WebClient}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClientResponseException.class)
    static class OfWebClient {

        @Bean
        AnswerRule webClientAnswers() {
            return thrown ->
                    thrown instanceof WebClientResponseException response && isAnswer(response.getStatusCode());
        }
    }
}
