package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The story of a region whose provider fails, as customers and operators live through it. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "shop.traffic=0",
            "provider.port=0",
            "resilience.breakers.payments.window=10m",
            "resilience.breakers.payments.open.jitter=0"
        })
class GuardedShopTests {

    private static final String BREAKER = "/actuator/guards/breakers/payments";
    private static final int MINIMUM_CALLS = 5;

    private final Shop shop;

    GuardedShopTests(@LocalServerPort int port) {
        this.shop = new Shop(port);
    }

    @BeforeEach
    void startAfresh() {
        shop.provider("{}");
        shop.post(BREAKER, "{\"state\":\"RESET\"}");
    }

    @Test
    void asksTheProviderUntilItHasFailedOftenEnough() {
        shop.provider("{\"region\":\"EU\",\"failureRate\":100}");

        for (int call = 1; call <= MINIMUM_CALLS; call++) {
            assertThat(shop.order(Region.EU).statusCode()).isEqualTo(502);
        }
        assertThat(shop.order(Region.EU).statusCode()).isEqualTo(503);
    }

    @Test
    void tellsARefusedCustomerWhenToComeBack() {
        openTheBreakerOf(Region.EU);

        HttpResponse<String> refused = shop.order(Region.EU);

        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(text(refused.body(), "$.name")).isEqualTo("payments");
        assertThat(text(refused.body(), "$.reason")).isEqualTo("OPEN");
    }

    @Test
    void takesOrdersOfOtherRegionsMeanwhile() {
        openTheBreakerOf(Region.EU);

        assertThat(shop.order(Region.US).statusCode()).isEqualTo(200);
    }

    @Test
    void offersWhatItCanByItselfWhileTheBreakerIsOpen() {
        openTheBreakerOf(Region.EU);
        shop.provider("{}");

        assertThat(text(shop.paymentMethods(Region.EU).body(), "$.source")).isEqualTo("fallback");
        assertThat(text(shop.paymentMethods(Region.US).body(), "$.source")).isEqualTo("provider");
    }

    @Test
    void takesADeclinedPaymentForAnAnswer() {
        for (int call = 0; call < 2 * MINIMUM_CALLS; call++) {
            assertThat(shop.post("/orders?region=EU&amount=5000", "").statusCode())
                    .isEqualTo(422);
        }
        assertThat(stateOf(Region.EU)).isEqualTo("CLOSED");
    }

    @Test
    void showsOperatorsWhyItOpened() {
        shop.order(Region.US);
        openTheBreakerOf(Region.EU); // with one good call and four bad ones

        String detail = shop.get(BREAKER + "?key=EU").body();

        assertThat(text(detail, "$.state")).isEqualTo("OPEN");
        assertThat(text(detail, "$.reason")).isEqualTo("FAILURE_RATE");
        assertThat(text(detail, "$.lastFailure.type")).endsWith("HttpServerErrorException$InternalServerError");
        assertThat(JsonPath.<Double>read(detail, "$.window.failureRate")).isEqualTo(80);
        assertThat(text(shop.get(BREAKER + "?key=US").body(), "$.state")).isEqualTo("CLOSED");
    }

    @Test
    void findsItsWayBackByItselfOnceTheProviderIsWell() {
        shop.order(Region.EU);
        shop.post(BREAKER + "?key=EU", "{\"state\":\"FORCED_OPEN\",\"duration\":\"PT0.5S\"}");
        assertThat(shop.order(Region.EU).statusCode()).isEqualTo(503);

        await().untilAsserted(
                        () -> assertThat(shop.order(Region.EU).statusCode()).isEqualTo(200));
        await().untilAsserted(() -> {
            shop.order(Region.EU);
            assertThat(stateOf(Region.EU)).isEqualTo("CLOSED");
        });
        assertThat(shop.get(BREAKER + "?key=EU").body()).contains("EXPIRED", "PROBES_PASSED");
    }

    @Test
    void obeysAnOperatorWhoForcesItOpenAndReleasesIt() {
        shop.order(Region.EU);
        shop.post(BREAKER + "?key=EU", "{\"state\":\"FORCED_OPEN\",\"reason\":\"maintenance\"}");

        HttpResponse<String> refused = shop.order(Region.EU);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(text(refused.body(), "$.reason")).isEqualTo("FORCED_OPEN");

        shop.post(BREAKER + "?key=EU", "{\"state\":\"AUTO\"}");
        assertThat(shop.order(Region.EU).statusCode()).isEqualTo(200);
    }

    @Test
    void showsPrometheusWhatHappened() {
        openTheBreakerOf(Region.EU);
        shop.order(Region.EU);

        String scrape = shop.get("/actuator/prometheus").body();

        assertThat(scrape.lines())
                .anyMatch(line -> line.startsWith("resilience_breaker_state{")
                        && line.contains("name=\"payments\"")
                        && line.contains("service=\"shop\"")
                        && line.contains("state=\"open\"")
                        && line.endsWith(" 1.0"))
                .anyMatch(line -> line.startsWith("resilience_breaker_rejected_total{")
                        && line.contains("reason=\"open\"")
                        && !line.endsWith(" 0.0"))
                .anyMatch(line ->
                        line.startsWith("resilience_bulkhead_limit{") && line.contains("name=\"payment-methods\""));
    }

    private void openTheBreakerOf(Region region) {
        shop.order(region);
        shop.provider("{\"region\":\"" + region + "\",\"failureRate\":100}");
        for (int call = 1; call < MINIMUM_CALLS; call++) {
            shop.order(region);
        }
        assertThat(stateOf(region)).isEqualTo("OPEN");
    }

    private String stateOf(Region region) {
        return text(shop.get(BREAKER + "?key=" + region).body(), "$.state");
    }

    private static String text(String json, String path) {
        return JsonPath.read(json, path);
    }
}
