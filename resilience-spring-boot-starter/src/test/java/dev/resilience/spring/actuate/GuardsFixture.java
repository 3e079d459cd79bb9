package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadFamily;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.ManualTicker;
import dev.resilience.spring.actuate.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.json.JSONException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.context.ConfigurableApplicationContext;

/** A running application whose endpoint takes orders; each test works on names of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuardsFixture {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final WebApplicationType type;
    private ConfigurableApplicationContext context;
    private Http http;

    GuardsFixture(WebApplicationType type) {
        this.type = type;
    }

    @BeforeAll
    void start() {
        context = GuardsApplication.start(type, GuardsApplication.OPEN, GuardsApplication.WRITABLE);
        http = Http.to(context);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    Http http() {
        return http;
    }

    ManualTicker ticker() {
        return context.getBean(ManualTicker.class);
    }

    BreakerFamily breakers() {
        return context.getBean(BreakerRegistry.class).family(Name.of("breaker" + COUNT.incrementAndGet()));
    }

    BulkheadFamily bulkheads() {
        return context.getBean(BulkheadRegistry.class).family(Name.of("bulkhead" + COUNT.incrementAndGet()));
    }

    /** Returns how many names there are. */
    int names() {
        return context.getBean(BreakerRegistry.class).families().size()
                + context.getBean(BulkheadRegistry.class).families().size();
    }

    Answer get(BreakerFamily family, String query) {
        return http.get("/guards/breakers/" + family.name() + query);
    }

    Answer get(BulkheadFamily family, String query) {
        return http.get("/guards/bulkheads/" + family.name() + query);
    }

    Answer post(BreakerFamily family, String query, String json) {
        return http.post("/guards/breakers/" + family.name() + query, json);
    }

    Answer post(BulkheadFamily family, String query, String json) {
        return http.post("/guards/bulkheads/" + family.name() + query, json);
    }

    void call(CircuitBreaker breaker, Outcome outcome) {
        BreakerPermit permit = breaker.acquire();
        long start = ticker().nanos();
        ticker().advance(Duration.ofMillis(120));
        breaker.end(permit, outcome, start, ticker().nanos(), outcome.isFailure() ? new IllegalStateException() : null);
    }

    /** Returns the audit events of a name. */
    List<AuditEvent> events(Name name) {
        return context.getBean(GuardsApplication.class).events().stream()
                .filter(event -> name.text().equals(event.getData().get("name")))
                .toList();
    }

    static void assertJson(Answer answer, String expected) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertJson(answer.body(), expected);
    }

    static void assertJson(String actual, String expected) {
        try {
            JSONAssert.assertEquals(expected, actual, true);
        } catch (JSONException unreadable) {
            throw new AssertionError(actual, unreadable);
        }
    }

    static void assertProblem(Answer answer, int status, String field, String detail, String allowed) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":" + status, "\"type\":\"about:blank\"")
                .contains("\"field\":\"" + field + "\"")
                .contains("\"detail\":\"" + detail + "\"")
                .contains("\"allowed\":\"" + allowed + "\"");
    }
}
