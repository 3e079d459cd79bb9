package dev.resilience.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.Ticker;
import dev.resilience.spring.ManualTicker;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.util.WebUtils;

class IncomingHeadersFilterTests {

    private final ManualTicker ticker = new ManualTicker();
    private final IncomingHeadersFilter filter = new IncomingHeadersFilter(new IncomingHeaders(
            new DeadlineHeader("X-Request-Timeout", Duration.ofSeconds(60)),
            new CriticalityHeader("X-Request-Criticality"),
            ticker));
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final List<Caller> seen = new ArrayList<>();
    private final FilterChain chain = (request, response) -> seen.add(Caller.ofThread());

    @AfterEach
    void forget() {
        new Caller(null, null).restoreToThread();
    }

    private void run(HttpServletRequest request, FilterChain chain) throws Exception {
        filter.doFilter(request, new MockHttpServletResponse(), chain);
    }

    @Test
    void givesTheThreadWhatTheHeadersSayAndTakesItAgain() throws Exception {
        request.addHeader("x-request-timeout", "250");
        request.addHeader("x-request-criticality", "customer");
        run(request, chain);
        assertThat(seen.get(0).deadline().remaining()).isEqualTo(Duration.ofMillis(250));
        assertThat(seen.get(0).criticality()).isEqualTo(Criticality.of("customer"));
        assertThat(Caller.ofThread()).isEqualTo(new Caller(null, null));
    }

    @Test
    void givesNothingWhereTheHeadersSayNothing() throws Exception {
        run(request, chain);
        assertThat(seen).containsExactly(new Caller(null, null));
    }

    @Test
    void takesItAgainWhenTheRequestFails() {
        request.addHeader("X-Request-Timeout", "250");
        assertThatThrownBy(() -> run(request, (request, response) -> {
                    throw new ServletException("broken");
                }))
                .hasMessage("broken");
        assertThat(Deadline.current()).isNull();
    }

    @Test
    void hasTheSameDeadlineAgainInAnAsynchronousDispatch() throws Exception {
        request.addHeader("X-Request-Timeout", "250");
        run(request, chain);
        ticker.advance(Duration.ofMillis(100));
        request.setDispatcherType(DispatcherType.ASYNC);
        run(request, chain);
        assertThat(seen.get(1).deadline()).isSameAs(seen.get(0).deadline());
        assertThat(seen.get(1).deadline().remaining()).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void hasTheSameDeadlineAgainInAnErrorDispatch() throws Exception {
        request.addHeader("X-Request-Timeout", "250");
        run(request, chain);
        request.setDispatcherType(DispatcherType.ERROR);
        request.setAttribute(WebUtils.ERROR_REQUEST_URI_ATTRIBUTE, "/orders");
        run(request, chain);
        assertThat(seen.get(1).deadline()).isSameAs(seen.get(0).deadline());
    }

    @Test
    void neverLengthensADeadlineThatTheThreadHas() throws Exception {
        Deadline earlier = Deadline.after(Duration.ofMillis(100), ticker);
        Deadline.restore(earlier);
        request.addHeader("X-Request-Timeout", "250");
        run(request, chain);
        assertThat(seen.get(0).deadline()).isSameAs(earlier);
        assertThat(Deadline.current()).isSameAs(earlier);
    }

    @Test
    void ignoresSeveralLinesOfAHeader() throws Exception {
        request.addHeader("X-Request-Timeout", "250");
        request.addHeader("X-Request-Timeout", "300");
        run(request, chain);
        assertThat(seen).containsExactly(new Caller(null, null));
    }

    @Test
    void followsOnlyTheHeaderThatIsAccepted() throws Exception {
        IncomingHeadersFilter criticalityOnly = new IncomingHeadersFilter(
                new IncomingHeaders(null, new CriticalityHeader("X-Request-Criticality"), Ticker.system()));
        request.addHeader("X-Request-Timeout", "250");
        request.addHeader("X-Request-Criticality", "batch");
        criticalityOnly.doFilter(request, new MockHttpServletResponse(), chain);
        assertThat(seen).containsExactly(new Caller(null, Criticality.of("batch")));
    }

    @Test
    void worksInAContainerThatDoesNotSayWhatHeadersThereAre() throws Exception {
        MockHttpServletRequest silent = new MockHttpServletRequest() {
            @Override
            public Enumeration<String> getHeaders(String name) {
                return null;
            }
        };
        run(silent, chain);
        assertThat(seen).containsExactly(new Caller(null, null));
    }
}
