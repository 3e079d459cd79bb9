package dev.resilience.spring.web;

import dev.resilience.CallRejectedException;
import dev.resilience.CallTimeoutException;
import dev.resilience.Causes;
import dev.resilience.DeadlineExceededException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;

/** What a client is told of a call that was refused or took too long: whether and when to come back; nothing of the guard's inside. */
final class Rejections {

    private Rejections() {}

    /** Returns the answer to what an exception is or carries; null if it is another one. */
    static @Nullable ErrorResponse answer(Throwable thrown) {
        Throwable cause = Causes.unwrapped(thrown);
        if (cause instanceof DeadlineExceededException late) {
            String detail = "The deadline of this request came before a call of '" + late.name() + "' had its answer";
            ErrorResponse.Builder answer = ErrorResponse.builder(late, HttpStatus.GATEWAY_TIMEOUT, detail);
            return withDetails(answer, late.name(), late.reason().name()).build();
        }
        if (cause instanceof CallTimeoutException late) {
            String detail = "A call of '" + late.name() + "' took too long";
            ErrorResponse.Builder answer = ErrorResponse.builder(late, HttpStatus.GATEWAY_TIMEOUT, detail);
            return withDetails(answer, late.name(), "TIMEOUT").build();
        }
        return cause instanceof CallRejectedException refused ? answer(refused) : null;
    }

    private static ErrorResponse answer(CallRejectedException refused) {
        long seconds = seconds(refused);
        String detail =
                "Calls of '" + refused.name() + "' are not let through at the moment; try again in " + seconds + " s";
        ErrorResponse.Builder answer = ErrorResponse.builder(refused, HttpStatus.SERVICE_UNAVAILABLE, detail)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return withDetails(answer, refused.name(), refused.reason().name()).build();
    }

    private static ErrorResponse.Builder withDetails(ErrorResponse.Builder answer, String name, String reason) {
        return answer.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .property("name", name)
                .property("reason", reason);
    }

    /** Rounds up, so that nobody is told to come back too early. */
    private static long seconds(CallRejectedException rejection) {
        return Math.max(1, rejection.retryAfter().plusNanos(999_999_999).toSeconds());
    }
}
