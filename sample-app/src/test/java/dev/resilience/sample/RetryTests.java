package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a retry around a guard makes of failures. */
@ShopTest
class RetryTests {

    private static final String BREAKER = "/actuator/guards/breakers/payments";
    private static final int MINIMUM_CALLS = 5;

    private final Shop shop;

    RetryTests(@LocalServerPort int port) {
        this.shop = new Shop(port);
    }

    @BeforeEach
    void startAfresh() {
        shop.provider("{}");
        shop.post(BREAKER, "{\"state\":\"RESET\"}");
    }

    @Test
    void asksAgainUntilTheProviderAnswers() {
        shop.provider("{\"region\":\"EU\",\"failures\":2}");

        assertThat(reconcile(Region.EU).statusCode()).isEqualTo(200);
        assertThat(reconciliations(Region.EU)).containsExactly(500, 500, 200);
    }

    @Test
    void stopsWhenTheBreakerOpens() {
        shop.provider("{\"region\":\"AP\",\"failureRate\":100}");
        for (int call = 2; call < MINIMUM_CALLS; call++) {
            shop.order(Region.AP);
        }

        HttpResponse<String> refused = reconcile(Region.AP);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(JsonPath.<String>read(refused.body(), "$.reason")).isEqualTo("OPEN");
        assertThat(reconciliations(Region.AP)).containsExactly(500, 500);
    }

    @Test
    void doesNotTryAPaymentAgain() {
        shop.provider("{\"region\":\"US\",\"failures\":1}");

        assertThat(shop.order(Region.US).statusCode()).isEqualTo(502);
        assertThat(shop.order(Region.US).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> reconcile(Region region) {
        return shop.post("/reconciliations?region=" + region, "");
    }

    private List<Integer> reconciliations(Region region) {
        return JsonPath.read(shop.get("/provider/" + region + "/visits").body(), "$[?(@.what=='charges')].status");
    }
}
