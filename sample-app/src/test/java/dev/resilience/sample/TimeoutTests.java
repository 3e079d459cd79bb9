package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What customers get of a provider that hangs, while nobody but the guard ends the calls. */
@ShopTest
class TimeoutTests {

    private static final String BREAKER = "/actuator/guards/breakers/payments";
    private static final int MINIMUM_CALLS = 5;

    private final Shop shop;

    TimeoutTests(@LocalServerPort int port) {
        this.shop = new Shop(port);
    }

    @BeforeEach
    void hang() {
        shop.post(BREAKER, "{\"state\":\"RESET\"}");
        shop.provider("{\"region\":\"EU\",\"hang\":true}");
    }

    @AfterEach
    void heal() {
        shop.provider("{}");
    }

    @Test
    void answersWith504WhenTheTimeIsOver() {
        HttpResponse<String> answer = shop.order(Region.EU);

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(JsonPath.<String>read(answer.body(), "$.name")).isEqualTo("payments");
        assertThat(JsonPath.<String>read(answer.body(), "$.reason")).isEqualTo("TIMEOUT");
    }

    @Test
    void opensAfterSoManyTimeoutsAndAnswersAtOnceFromThenOn() {
        shop.provider("{}");
        shop.order(Region.EU);
        shop.provider("{\"region\":\"EU\",\"hang\":true}");
        int before = timeouts();

        List<CompletableFuture<HttpResponse<String>>> orders = Stream.generate(
                        () -> shop.postLater("/orders?region=EU", ""))
                .limit(MINIMUM_CALLS - 1)
                .toList();

        assertThat(orders).allMatch(order -> order.join().statusCode() == 504);
        assertThat(shop.order(Region.EU).statusCode()).isEqualTo(503);
        assertThat(timeouts()).isEqualTo(before + MINIMUM_CALLS - 1);
    }

    @Test
    void offersWhatItCanByItselfWhenTheTimeIsOver() {
        HttpResponse<String> answer = shop.paymentMethods(Region.EU);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JsonPath.<String>read(answer.body(), "$.source")).isEqualTo("fallback");
    }

    @Test
    void endsAnAsynchronousCallTooAndFreesItsThread() {
        HttpResponse<String> answer = shop.get("/quotes?region=EU");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(JsonPath.<String>read(answer.body(), "$.reason")).isEqualTo("TIMEOUT");
        await().until(() -> JsonPath.<Integer>read(
                        shop.get("/actuator/guards/bulkheads/quotes").body(), "$.concurrent")
                == 0);
    }

    private int timeouts() {
        return JsonPath.read(shop.get(BREAKER + "?key=EU").body(), "$.totals.timeout");
    }
}
