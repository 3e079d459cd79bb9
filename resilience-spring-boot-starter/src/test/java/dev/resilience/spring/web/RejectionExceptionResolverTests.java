package dev.resilience.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.CallRejectedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RejectionExceptionResolverTests {

    private final RejectionExceptionResolver resolver = new RejectionExceptionResolver(List::of);
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final CallRejectedException rejection = Refused.byABulkhead();

    @Test
    void setsStatusAndRetryAfterEvenIfNothingCanWriteProblemDetails() {
        assertThat(resolver.resolveException(request, response, null, rejection))
                .isNotNull();
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
    }

    @Test
    void leavesAnAnswerAloneThatIsOnItsWay() {
        response.setCommitted(true);
        assertThat(resolver.resolveException(request, response, null, rejection))
                .isNull();
    }

    @Test
    void leavesOtherExceptionsAlone() {
        assertThat(resolver.resolveException(request, response, null, new IllegalStateException("broken")))
                .isNull();
    }
}
