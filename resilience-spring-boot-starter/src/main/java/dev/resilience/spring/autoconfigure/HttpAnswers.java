package dev.resilience.spring.autoconfigure;

import feign.FeignException;
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
        return isAnswer(status.value());
    }

    private static boolean isAnswer(int status) {
        return status >= 400 && status < 500 && status != 408 && status != 429;
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

    /** OpenFeign, whose exception for a call that never got an answer has the status -1. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FeignException.class)
    static class OfFeign {

        @Bean
        AnswerRule feignAnswers() {
            return thrown -> thrown instanceof FeignException response && isAnswer(response.status());
        }
    }
}
