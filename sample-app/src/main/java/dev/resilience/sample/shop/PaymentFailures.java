package dev.resilience.sample.shop;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/**
 * Answers customers when the provider was asked and no payment came of it. Calls that a guard refused are answered by the starter,
 * with 503 and {@code Retry-After}.
 */
@RestControllerAdvice
class PaymentFailures {

    @ExceptionHandler
    ProblemDetail declined(HttpClientErrorException.UnprocessableContent declined) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, "The provider declined the payment");
    }

    @ExceptionHandler
    ProblemDetail failed(RestClientException failed) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "The payment provider failed");
    }
}
