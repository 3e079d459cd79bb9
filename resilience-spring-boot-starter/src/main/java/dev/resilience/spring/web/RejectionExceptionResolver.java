package dev.resilience.spring.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Answers rejected and overdue calls in Spring MVC with problem details, where nobody else does: it is asked last.
 *
 * <p>Covers annotated controllers and functional endpoints alike. Safe for use by many threads.
 */
public final class RejectionExceptionResolver implements HandlerExceptionResolver, Ordered {

    private final Supplier<List<HttpMessageConverter<?>>> converters;

    /**
     * Creates a resolver.
     *
     * @param converters write the answer; asked for with each one
     */
    public RejectionExceptionResolver(Supplier<List<HttpMessageConverter<?>>> converters) {
        this.converters = converters;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        ErrorResponse answer = Rejections.answer(thrown);
        if (answer == null || response.isCommitted()) {
            return null;
        }
        try {
            write(answer, request, response);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new ModelAndView();
    }

    private void write(ErrorResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            ServerResponse.from(answer).writeTo(request, response, converters::get);
        } catch (ServletException unwritable) {
            // No converter for problem details: status and headers are set, and say the most of it.
            response.sendError(answer.getStatusCode().value());
        }
    }
}
