package dev.resilience.spring.web;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers rejected and overdue calls in Spring WebFlux with problem details, where no exception handler of a controller did and just before Spring
 * Boot's page for all errors.
 *
 * <p>Covers annotated controllers, functional endpoints and filters alike. Safe for use by many threads.
 */
public final class RejectionWebExceptionHandler implements WebExceptionHandler, Ordered {

    private static final int JUST_BEFORE_SPRING_BOOT = -2;

    private final ServerResponse.Context writing;

    /**
     * Creates a handler.
     *
     * @param codecs write the answer
     */
    public RejectionWebExceptionHandler(ServerCodecConfigurer codecs) {
        this.writing = new Writing(codecs.getWriters());
    }

    private record Writing(List<HttpMessageWriter<?>> messageWriters) implements ServerResponse.Context {
        @Override
        public List<ViewResolver> viewResolvers() {
            return List.of();
        }
    }

    @Override
    public int getOrder() {
        return JUST_BEFORE_SPRING_BOOT;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
        ErrorResponse answer = Rejections.answer(thrown);
        if (answer == null || exchange.getResponse().isCommitted()) {
            return Mono.error(thrown);
        }
        return ServerResponse.from(answer)
                .flatMap(response -> response.writeTo(exchange, writing))
                .onErrorResume(UnsupportedMediaTypeException.class, unwritable -> bare(answer, exchange.getResponse()));
    }

    /** Without a codec for problem details status and headers are set, and say the most of it. */
    private static Mono<Void> bare(ErrorResponse answer, ServerHttpResponse response) {
        response.getHeaders().setContentType(null);
        response.setStatusCode(answer.getStatusCode());
        return response.setComplete();
    }
}
