package dev.resilience.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.DeadlineExceededException.Stage;
import dev.resilience.spring.ManualTicker;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class OutgoingHeadersTests {

    private static final URI STOCK = URI.create("http://stock.example.com:8081/items?secret=1");

    private final ManualTicker ticker = new ManualTicker();
    private final HttpHeaders sent = new HttpHeaders();
    private final OutgoingHeaders headers = new OutgoingHeaders(
            new DeadlineHeader("X-Request-Timeout", Duration.ofSeconds(60)),
            new CriticalityHeader("X-Request-Criticality"),
            false);
    private final OutgoingHeadersInterceptor interceptor = new OutgoingHeadersInterceptor(headers);
    private final OutgoingHeadersExchangeFilter filter = new OutgoingHeadersExchangeFilter(headers);
    private final ClientHttpRequestExecution network = (request, body) -> {
        sent.putAll(request.getHeaders());
        return new MockClientHttpResponse(body, 200);
    };
    private final ExchangeFunction reactiveNetwork = request -> {
        sent.putAll(request.headers());
        return Mono.just(
                ClientResponse.create(org.springframework.http.HttpStatus.OK).build());
    };

    @AfterEach
    void forget() {
        new Caller(null, null).restoreToThread();
    }

    private Deadline in(Duration time) {
        return Deadline.after(time, ticker);
    }

    private void send() throws Exception {
        interceptor
                .intercept(new MockClientHttpRequest(HttpMethod.GET, STOCK), new byte[0], network)
                .close();
    }

    private Mono<ClientResponse> sendReactively() {
        return filter.filter(ClientRequest.create(HttpMethod.GET, STOCK).build(), reactiveNetwork);
    }

    @Test
    void sayNothingForNobody() throws Exception {
        send();
        assertThat(sent.isEmpty()).isTrue();
    }

    @Test
    void sayWhatTheThreadHas() throws Exception {
        new Caller(in(Duration.ofMillis(250)), Criticality.of("customer")).restoreToThread();
        send();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("250");
        assertThat(sent.getOrEmpty("X-Request-Criticality")).containsExactly("customer");
    }

    @Test
    void roundDownToWholeMilliseconds() throws Exception {
        Deadline.restore(in(Duration.ofNanos(2_999_999)));
        send();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("2");
    }

    @Test
    void areTheSmallerAndTheLaterTheyAre() throws Exception {
        Deadline.restore(in(Duration.ofMillis(250)));
        ticker.advance(Duration.ofMillis(100));
        send();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("150");
    }

    @Test
    void sayMoreThanThisServiceWouldAccept() throws Exception {
        Deadline.restore(in(Duration.ofHours(1)));
        send();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("3600000");
    }

    @Test
    void doNotReachTheNetworkWhenNoTimeIsLeft() {
        Deadline.restore(in(Duration.ZERO));
        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(this::send)
                .satisfies(late -> {
                    assertThat(late.stage()).isEqualTo(Stage.BEFORE);
                    assertThat(late.name()).isEqualTo("http-client");
                    assertThat(late.key()).isEqualTo("stock.example.com");
                    assertThat(late.getStackTrace()).isEmpty();
                })
                .withMessage("The call guarded by 'http-client[stock.example.com]' was not made: "
                        + "its caller's deadline was over");
        assertThat(sent.isEmpty()).isTrue();
    }

    @Test
    void refuseNothingAMomentBeforeTheDeadline() throws Exception {
        Deadline.restore(in(Duration.ofNanos(1)));
        send();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("0");
        ticker.advance(Duration.ofNanos(1));
        assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(this::send);
    }

    @Test
    void leaveDeadlinesAloneWhereTheyAreNotSent() throws Exception {
        Deadline.restore(in(Duration.ZERO));
        new OutgoingHeadersInterceptor(new OutgoingHeaders(null, null, false))
                .intercept(new MockClientHttpRequest(HttpMethod.GET, STOCK), new byte[0], network)
                .close();
        assertThat(sent.isEmpty()).isTrue();
    }

    @Test
    void sayWhatReactorsContextHasRatherThanTheThread() {
        new Caller(in(Duration.ofMillis(50)), Criticality.of("batch")).restoreToThread();
        Caller inContext = new Caller(in(Duration.ofMillis(250)), Criticality.of("customer"));
        sendReactively()
                .contextWrite(context -> context.put(Deadline.CONTEXT_KEY, inContext.deadline())
                        .put(Criticality.CONTEXT_KEY, inContext.criticality()))
                .block();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("250");
        assertThat(sent.getOrEmpty("X-Request-Criticality")).containsExactly("customer");
    }

    @Test
    void sayWhatTheSubscribingThreadHasWhereReactorsContextHasNothing() {
        Mono<ClientResponse> response = sendReactively();
        Deadline.restore(in(Duration.ofMillis(250)));
        response.block();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("250");
    }

    @Test
    void failAReactiveRequestForWhichNoTimeIsLeft() {
        StepVerifier.create(
                        sendReactively().contextWrite(context -> context.put(Deadline.CONTEXT_KEY, in(Duration.ZERO))))
                .verifyError(DeadlineExceededException.class);
        assertThat(sent.isEmpty()).isTrue();
    }

    @Test
    void areMeasuredAgainForEachSubscription() {
        Deadline.restore(in(Duration.ofMillis(250)));
        Mono<ClientResponse> response = sendReactively();
        response.block();
        ticker.advance(Duration.ofMillis(100));
        response.block();
        assertThat(sent.getOrEmpty("X-Request-Timeout")).containsExactly("150");
    }
}
