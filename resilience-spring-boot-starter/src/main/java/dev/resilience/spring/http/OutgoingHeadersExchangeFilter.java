package dev.resilience.spring.http;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Sends deadline and criticality along with the requests of {@code WebClient}: those in Reactor's context, else those of the thread
 * that subscribes. A request for which no time is left is not made. Safe for use by many threads.
 */
public final class OutgoingHeadersExchangeFilter implements ExchangeFilterFunction {

    private final OutgoingHeaders headers;

    /** Creates a filter. */
    public OutgoingHeadersExchangeFilter(OutgoingHeaders headers) {
        this.headers = headers;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> next.exchange(ClientRequest.from(request)
                .headers(lines -> headers.write(caller(context), request.url(), lines))
                .build()));
    }

    private static Caller caller(ContextView context) {
        Caller thread = Caller.ofThread();
        return new Caller(
                context.getOrDefault(Deadline.CONTEXT_KEY, thread.deadline()),
                context.getOrDefault(Criticality.CONTEXT_KEY, thread.criticality()));
    }
}
