package dev.resilience.spring.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives the thread of a servlet request the deadline and the criticality that its headers say, for as long as it works on the request.
 *
 * <p>They are read once, when the request arrives: asynchronous and error dispatches, on whatever thread, have the same deadline again.
 */
public final class IncomingHeadersFilter extends OncePerRequestFilter {

    private static final String CALLER = Caller.class.getName();

    private final IncomingHeaders headers;

    /** Creates a filter. */
    public IncomingHeadersFilter(IncomingHeaders headers) {
        this.headers = headers;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller outer = Caller.ofThread();
        caller(request).within(outer).restoreToThread();
        try {
            chain.doFilter(request, response);
        } finally {
            outer.restoreToThread();
        }
    }

    private Caller caller(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller known) {
            return known;
        }
        Caller arriving = headers.caller(name -> lines(request.getHeaders(name)));
        request.setAttribute(CALLER, arriving);
        return arriving;
    }

    /** A container may refuse to say what headers there are. */
    private static List<String> lines(@Nullable Enumeration<String> values) {
        return values == null ? List.of() : Collections.list(values);
    }
}
