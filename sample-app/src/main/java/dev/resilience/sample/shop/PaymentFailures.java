package dev.resilience.sample.shop;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

/**
 * Answers customers when the provider was asked and no payment came of it. Calls that a guard refused are answered by the starter,
 * with 503 and {@code Retry-After}.
 */
@RestControllerAdvice
class PaymentFailures {

    private static final Logger log = LoggerFactory.getLogger(PaymentFailures.class);

    private final AtomicBoolean told = new AtomicBoolean();

    @ExceptionHandler
    ProblemDetail declined(HttpClientErrorException.UnprocessableContent declined) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, "The provider declined the payment");
    }

    @ExceptionHandler
    ProblemDetail unreachable(ResourceAccessException unreachable) {
        if (told.compareAndSet(false, true)) { // once: a provider that is down would fill the log
            log.warn("The payment provider could not be reached; this is logged once", unreachable);
        }
        return failed(unreachable);
    }

    @ExceptionHandler
    ProblemDetail failed(RestClientException failed) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, "The payment provider failed");
    }
}
