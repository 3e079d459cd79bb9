package dev.resilience.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** What clients see of rejections, over real HTTP, on either web stack. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RejectionAnswersContract {

    private final WebApplicationType type;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, ConfigurableApplicationContext> shops = new HashMap<>();

    RejectionAnswersContract(WebApplicationType type) {
        this.type = type;
    }

    /** Together at the end, because all servers on Netty share their threads. */
    @AfterAll
    void stop() {
        shops.values().forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void answersARefusedCallWithProblemDetails() {
        HttpResponse<String> answer = get("/held-open");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).isEqualTo("""
                {"detail":"Calls of 'payments' are not let through at the moment; try again in 13 s",\
                "status":503,"title":"Service Unavailable","name":"payments","reason":"FORCED_OPEN"}""");
    }

    @Test
    void roundsRetryAfterUpToWholeSeconds() {
        assertThat(get("/held-open").headers().firstValue("Retry-After")).hasValue("13");
    }

    @Test
    void tellsAFullBulkhead() {
        HttpResponse<String> answer = get("/full");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("\"name\":\"stock\"", "\"reason\":\"FULL\"");
    }

    @Test
    void looksIntoExceptionsThatOnlyCarryTheRejection() {
        HttpResponse<String> answer = get("/carried");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void leavesAnExceptionAloneThatSaysSomethingOfItsOwn() {
        assertThat(get("/interpreted").statusCode()).isEqualTo(500);
    }

    @Test
    void coversFunctionalEndpoints() {
        HttpResponse<String> answer = get("/function");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"name\":\"stock\"");
    }

    @Test
    void answersABrowserToo() {
        HttpResponse<String> answer = send(request("/full").header("Accept", "text/html"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"reason\":\"FULL\"");
    }

    @Test
    void givesWayToAnExceptionHandlerOfTheController() {
        HttpResponse<String> answer = get("/counter");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("queue at the counter");
    }

    @Test
    void givesWayToAnAdviceEvenIfItCatchesEverything() {
        assertThat(send(request("/full", "test.advice=true")).statusCode()).isEqualTo(418);
    }

    @Test
    void canBeTurnedOff() {
        HttpResponse<String> answer = send(request("/full", "resilience.web.error-responses=false"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    private HttpResponse<String> get(String path) {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path, String... properties) {
        ConfigurableApplicationContext shop = shops.computeIfAbsent(
                String.join(",", properties), settings -> ShopApplication.start(type, properties));
        String port = shop.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IllegalStateException("No answer", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }
}
