package dev.resilience.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.TestServer;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.WebApplicationType;

/** What clients see of rejections, over real HTTP, on either web stack. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RejectionAnswersContract {

    private final WebApplicationType type;
    private final Map<String, TestServer> shops = new HashMap<>();

    RejectionAnswersContract(WebApplicationType type) {
        this.type = type;
    }

    /** Together at the end, because all servers on Netty share their threads. */
    @AfterAll
    void stop() {
        shops.values().forEach(TestServer::close);
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
    void answersACallThatTookTooLongWithATimeoutOfTheGateway() {
        HttpResponse<String> answer = get("/slow");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(answer.body()).isEqualTo("""
                {"detail":"A call of 'payments' took too long",\
                "status":504,"title":"Gateway Timeout","name":"payments","reason":"TIMEOUT"}""");
    }

    @Test
    void answersACallThatCameTooLateWithATimeoutOfTheGateway() {
        HttpResponse<String> answer = get("/late");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(answer.body()).isEqualTo("""
                {"detail":"The deadline of this request came before a call of 'payments' had its answer",\
                "status":504,"title":"Gateway Timeout","name":"payments","reason":"DEADLINE"}""");
    }

    @Test
    void looksIntoExceptionsThatOnlyCarryATimeout() {
        assertThat(get("/slow-carried").statusCode()).isEqualTo(504);
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
        HttpResponse<String> answer = shop().get("/full", "Accept", "text/html");
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
        assertThat(get("/full", "test.advice=true").statusCode()).isEqualTo(418);
    }

    @Test
    void canBeTurnedOff() {
        HttpResponse<String> answer = get("/full", "resilience.web.error-responses=false");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(get("/slow", "resilience.web.error-responses=false").statusCode())
                .isEqualTo(500);
    }

    private HttpResponse<String> get(String path, String... properties) {
        return shop(properties).get(path);
    }

    private TestServer shop(String... properties) {
        return shops.computeIfAbsent(
                String.join(",", properties), settings -> TestServer.start(ShopApplication.class, type, properties));
    }
}
