package dev.resilience.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.WebApplicationType;

/**
 * A client, a shop and its stock, all over real HTTP: what is left of the client's time arrives at the stock.
 *
 * <p>{@code /seen} answers with the milliseconds left and the criticality; {@code /relay} with those of the shop, then those of the
 * service whose port it is given.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TwoHopsContract {

    private final Class<?> application;
    private final WebApplicationType type;
    private TestServer shop;
    private TestServer stock;

    TwoHopsContract(Class<?> application, WebApplicationType type) {
        this.application = application;
        this.type = type;
    }

    @BeforeAll
    void start() {
        shop = accepting();
        stock = accepting();
    }

    private TestServer accepting() {
        return TestServer.start(
                application, type, "resilience.deadline.accept=true", "resilience.criticality.accept=true");
    }

    @AfterAll
    void stop() {
        shop.close();
        stock.close();
    }

    private HttpResponse<String> relay(String... headers) {
        return shop.get("/relay?port=" + stock.context().getEnvironment().getProperty("local.server.port"), headers);
    }

    @Test
    void handsOnWhatIsLeftAndNeverMore() {
        String[] seen = relay("X-Request-Timeout", "30000").body().split(" ", -1);
        long ofTheShop = Long.parseLong(seen[0]);
        long ofTheStock = Long.parseLong(seen[2]);
        assertThat(ofTheShop).isBetween(1L, 30_000L);
        assertThat(ofTheStock).isBetween(1L, ofTheShop);
    }

    @Test
    void handsOnTheCriticality() {
        String[] seen = relay("X-Request-Criticality", "customer").body().split(" ", -1);
        assertThat(seen).containsExactly("none", "customer", "none", "customer");
    }

    @Test
    void handsOnNothingForACallerWhoSaysNothing() {
        assertThat(relay().body()).isEqualTo("none none none none");
    }

    @Test
    void handsOnNothingOfWhatCannotBeRead() {
        assertThat(relay("X-Request-Timeout", "1e9", "X-Request-Criticality", "a b")
                        .body())
                .isEqualTo("none none none none");
        assertThat(relay("X-Request-Timeout", "30000", "X-Request-Timeout", "20000")
                        .body())
                .isEqualTo("none none none none");
    }

    @Test
    void boundsWhatACallerMayAskFor() {
        String[] seen = relay("X-Request-Timeout", "999999999999999999").body().split(" ", -1);
        assertThat(Long.parseLong(seen[0])).isBetween(1L, 60_000L);
    }

    @Test
    void answersWith504InsteadOfACallForWhichNoTimeIsLeft() {
        HttpResponse<String> answer = relay("X-Request-Timeout", "0");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"name\":\"http-client\"", "\"reason\":\"DEADLINE\"");
    }

    @Test
    void doesNotFollowAStrangerUnlessToldTo() {
        try (TestServer careful = TestServer.start(application, type)) {
            assertThat(careful.get("/seen", "X-Request-Timeout", "250", "X-Request-Criticality", "customer")
                            .body())
                    .isEqualTo("none none");
        }
    }
}
