package dev.resilience.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.CallRejectedException;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.test.StepVerifier;

class RejectionWebExceptionHandlerTests {

    private final ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
    private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
    private final MockServerHttpResponse response = exchange.getResponse();
    private final CallRejectedException rejection = Refused.byABulkhead();

    @Test
    void setsStatusAndRetryAfterEvenIfNothingCanWriteProblemDetails() {
        codecs.registerDefaults(false);
        RejectionWebExceptionHandler handler = new RejectionWebExceptionHandler(codecs);
        StepVerifier.create(handler.handle(exchange, rejection)).verifyComplete();
        assertThat(response.getStatusCode()).hasToString("503 SERVICE_UNAVAILABLE");
        assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    }

    @Test
    void leavesAnAnswerAloneThatIsOnItsWay() {
        response.setComplete().block();
        StepVerifier.create(new RejectionWebExceptionHandler(codecs).handle(exchange, rejection))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(rejection));
    }

    @Test
    void leavesOtherExceptionsAlone() {
        StepVerifier.create(
                        new RejectionWebExceptionHandler(codecs).handle(exchange, new IllegalStateException("broken")))
                .verifyErrorMessage("broken");
    }
}
