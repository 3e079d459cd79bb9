package dev.resilience.spring.http;

import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the thread's deadline and criticality along with the requests of {@code RestClient} and {@code RestTemplate}; a request for
 * which no time is left is not made. Safe for use by many threads.
 */
public final class OutgoingHeadersInterceptor implements ClientHttpRequestInterceptor {

    private final OutgoingHeaders headers;

    /** Creates an interceptor. */
    public OutgoingHeadersInterceptor(OutgoingHeaders headers) {
        this.headers = headers;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        headers.write(Caller.ofThread(), request.getURI(), request.getHeaders());
        return execution.execute(request, body);
    }
}
