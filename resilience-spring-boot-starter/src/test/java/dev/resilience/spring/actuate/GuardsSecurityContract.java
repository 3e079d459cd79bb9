package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.actuate.Http.Answer;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.context.ConfigurableApplicationContext;

/** The endpoint behind Spring Security as it comes, whichever web stack it is reached by. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuardsSecurityContract {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final WebApplicationType type;
    private ConfigurableApplicationContext context;
    private Http http;

    GuardsSecurityContract(WebApplicationType type) {
        this.type = type;
    }

    @BeforeAll
    void start() {
        context = GuardsApplication.start(
                type,
                GuardsApplication.WRITABLE,
                "spring.security.user.name=alice",
                "spring.security.user.password=secret");
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        http = new Http(Http.to(context).base(), client);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    private CircuitBreaker breaker(String name) {
        return context.getBean(BreakerRegistry.class).get(name);
    }

    private HttpRequest.Builder order(String name) {
        return http.request("/guards/breakers/" + name)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"state\":\"FORCED_OPEN\"}"));
    }

    private HttpRequest.Builder login() {
        return HttpRequest.newBuilder(URI.create(http.base().replace("/actuator", "/login")));
    }

    private void logIn() {
        String form = "username=alice&password=secret&_csrf=" + URLEncoder.encode(token(), StandardCharsets.UTF_8);
        Answer answer = http.send(login().header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        assertThat(answer.status()).isEqualTo(302);
    }

    private String token() {
        Matcher token = TOKEN.matcher(http.send(login().GET()).body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    @Test
    void showsNothingToStrangers() {
        breaker("secret");
        assertThat(Http.to(context).get("/guards/breakers/secret").status()).isEqualTo(401);
    }

    @Test
    void refusesAnOrderWithoutTheCsrfToken() {
        CircuitBreaker breaker = breaker("tokenless");
        logIn();
        assertThat(http.get("/guards/breakers/tokenless").status()).isEqualTo(200);
        assertThat(http.send(order("tokenless")).status()).isEqualTo(403);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void takesAnOrderWithTheCsrfTokenAndTellsWhoGaveIt() {
        breaker("payments");
        logIn();
        Answer answer = http.send(order("payments").header("X-CSRF-TOKEN", token()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"override\":{\"state\":\"FORCED_OPEN\",\"by\":\"alice\"");
        assertThat(context.getBean(GuardsApplication.class).events())
                .filteredOn(event -> "GUARD_CHANGED".equals(event.getType()))
                .singleElement()
                .extracting(AuditEvent::getPrincipal)
                .isEqualTo("alice");
    }
}
