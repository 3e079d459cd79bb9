package dev.resilience.spring.http;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Puts the deadline and the criticality that a request's headers say into Reactor's context, under {@link Deadline#CONTEXT_KEY} and
 * {@link Criticality#CONTEXT_KEY}, and nothing on the thread.
 */
public final class IncomingHeadersWebFilter implements WebFilter, Ordered {

    private final IncomingHeaders headers;

    /** Creates a filter. */
    public IncomingHeadersWebFilter(IncomingHeaders headers) {
        this.headers = headers;
    }

    @Override
    public int getOrder() {
        return IncomingHeaders.FILTER_ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Caller caller = headers.caller(exchange.getRequest().getHeaders()::getOrEmpty);
        return chain.filter(exchange).contextWrite(context -> with(caller, context));
    }

    private static Context with(Caller caller, Context context) {
        Deadline deadline = caller.deadline();
        Criticality criticality = caller.criticality();
        Context timed = deadline == null ? context : context.put(Deadline.CONTEXT_KEY, deadline);
        return criticality == null ? timed : timed.put(Criticality.CONTEXT_KEY, criticality);
    }
}
