package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a customer's deadline does on its way through the shop and the provider. */
@ShopTest
class DeadlineTests {

    private static final String TIMEOUT = "X-Request-Timeout";
    private static final String BREAKER = "/actuator/guards/breakers/payments";
    private static final int MINIMUM_CALLS = 5;

    private final Shop shop;

    DeadlineTests(@LocalServerPort int port) {
        this.shop = new Shop(port);
    }

    @BeforeEach
    void startAfresh() {
        shop.provider("{}");
        shop.post(BREAKER, "{\"state\":\"RESET\"}");
    }

    @AfterEach
    void heal() {
        shop.provider("{}");
    }

    @Test
    void endsTheCallWhenTheCustomerGivesUp() {
        shop.provider("{\"region\":\"EU\",\"hang\":true}");

        HttpResponse<String> answer = order(Region.EU, "300");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(JsonPath.<String>read(answer.body(), "$.reason")).isEqualTo("DEADLINE");
    }

    @Test
    void tellsTheProviderHowLongTheCustomerStillWaitsSoThatItGivesUpToo() {
        shop.provider("{\"region\":\"US\",\"hang\":true}");

        order(Region.US, "450");

        // The timeout is more than a second away, and no other request to this region is in between.
        await().untilAsserted(() -> assertThat(visits(Region.US, "@.what=='charge' && @.timeLeft>250"))
                .singleElement()
                .isEqualTo(504));
    }

    @Test
    void doesNotHoldAnImpatientCustomerAgainstTheProvider() {
        shop.provider("{\"region\":\"EU\",\"hang\":true}");

        for (int call = 0; call < 2 * MINIMUM_CALLS; call++) {
            assertThat(order(Region.EU, "100").statusCode()).isEqualTo(504);
        }

        assertThat(JsonPath.<String>read(shop.get(BREAKER + "?key=EU").body(), "$.state"))
                .isEqualTo("CLOSED");
    }

    @Test
    void doesNotBeginWhatNobodyWaitsFor() {
        HttpResponse<String> answer = order(Region.AP, "0");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(visits(Region.AP, "@.timeLeft==0")).isEmpty();
    }

    @Test
    void goesAlongToTheThreadsOfABulkhead() {
        assertThat(shop.getLater("/quotes?region=AP", TIMEOUT, "45000").join().statusCode())
                .isEqualTo(200);

        assertThat(visits(Region.AP, "@.what=='quote' && @.timeLeft>30000 && @.timeLeft<=45000"))
                .hasSize(3);
    }

    private HttpResponse<String> order(Region region, String milliseconds) {
        return shop.orderLater(region, TIMEOUT, milliseconds).join();
    }

    private List<Integer> visits(Region region, String filter) {
        return JsonPath.read(shop.get("/provider/" + region + "/visits").body(), "$[?(" + filter + ")].status");
    }
}
