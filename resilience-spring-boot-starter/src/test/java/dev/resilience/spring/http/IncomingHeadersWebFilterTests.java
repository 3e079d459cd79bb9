package dev.resilience.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.spring.ManualTicker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

class IncomingHeadersWebFilterTests {

    private final ManualTicker ticker = new ManualTicker();
    private final IncomingHeadersWebFilter filter = new IncomingHeadersWebFilter(new IncomingHeaders(
            new DeadlineHeader("X-Request-Timeout", Duration.ofSeconds(60)),
            new CriticalityHeader("X-Request-Criticality"),
            ticker));
    private final AtomicReference<ContextView> seen = new AtomicReference<>();
    private final AtomicReference<Caller> onThread = new AtomicReference<>();

    private Mono<Void> run(MockServerHttpRequest.BaseBuilder<?> request) {
        return filter.filter(
                MockServerWebExchange.from(request),
                exchange -> Mono.deferContextual(context -> {
                    seen.set(context);
                    onThread.set(Caller.ofThread());
                    return Mono.empty();
                }));
    }

    @Test
    void putsWhatTheHeadersSayIntoTheContextAndNothingOnTheThread() {
        run(MockServerHttpRequest.get("/")
                        .header("X-Request-Timeout", "250")
                        .header("X-Request-Criticality", "customer"))
                .block();
        assertThat(seen.get().<Deadline>get(Deadline.CONTEXT_KEY).remaining()).isEqualTo(Duration.ofMillis(250));
        assertThat(seen.get().<Criticality>get(Criticality.CONTEXT_KEY)).isEqualTo(Criticality.of("customer"));
        assertThat(onThread).hasValue(new Caller(null, null));
    }

    @Test
    void countsFromTheArrivalAndNotFromTheSubscription() {
        Mono<Void> later = run(MockServerHttpRequest.get("/").header("X-Request-Timeout", "250"));
        ticker.advance(Duration.ofMillis(100));
        later.block();
        assertThat(seen.get().<Deadline>get(Deadline.CONTEXT_KEY).remaining()).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void putsNothingIntoTheContextWhereTheHeadersSayNothing() {
        run(MockServerHttpRequest.get("/").header("X-Request-Timeout", "250", "300"))
                .block();
        assertThat(seen.get().isEmpty()).isTrue();
    }
}
