package dev.resilience.spring.web;

import dev.resilience.CallRejectedException;
import dev.resilience.Causes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;

/** What a client is told of a rejection: that it may come back, and when; nothing of the guard's inside. */
final class Rejections {

    private Rejections() {}

    /** Returns the rejection that an exception is or carries; null if it is another one. */
    static @Nullable CallRejectedException in(Throwable thrown) {
        return Causes.unwrapped(thrown) instanceof CallRejectedException rejection ? rejection : null;
    }

    static ErrorResponse answer(CallRejectedException rejection) {
        long seconds = seconds(rejection);
        String detail =
                "Calls of '" + rejection.name() + "' are not let through at the moment; try again in " + seconds + " s";
        return ErrorResponse.builder(rejection, HttpStatus.SERVICE_UNAVAILABLE, detail)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
                .property("name", rejection.name())
                .property("reason", rejection.reason().name())
                .build();
    }

    /** Rounds up, so that nobody is told to come back too early. */
    private static long seconds(CallRejectedException rejection) {
        return Math.max(1, rejection.retryAfter().plusNanos(999_999_999).toSeconds());
    }
}
