package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What customers get of several calls that are made at once, on threads that are not theirs. */
@ShopTest
class QuotesTests {

    private static final String BULKHEAD = "/actuator/guards/bulkheads/quotes";
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final Shop shop;

    QuotesTests(@LocalServerPort int port) {
        this.shop = new Shop(port);
    }

    @BeforeEach
    void startAfresh() {
        shop.provider("{}");
        shop.post("/actuator/guards/breakers/payments", "{\"state\":\"RESET\"}");
    }

    @Test
    void asksForAllOfThemAtOnce() {
        shop.provider("{\"region\":\"EU\",\"hang\":true}");

        CompletableFuture<HttpResponse<String>> quotes = shop.getLater("/quotes?region=EU");

        await().until(() -> concurrent() == 3);
        shop.provider("{}");
        assertThat(quotes.join().body())
                .isEqualTo("[{\"method\":\"card\",\"fee\":35},{\"method\":\"transfer\",\"fee\":10},"
                        + "{\"method\":\"invoice\",\"fee\":120}]");
        await().until(() -> concurrent() == 0);
    }

    @Test
    void runsOnVirtualThreadsWhereJavaHasThem() {
        String executor = JsonPath.read(shop.get(BULKHEAD).body(), "$.config.executor");

        assertThat(executor)
                .isEqualTo(Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS ? "platform" : "virtual");
    }

    @Test
    void failsWhereOneOfThemFails() {
        shop.provider("{\"region\":\"US\",\"failures\":1}");

        assertThat(shop.get("/quotes?region=US").statusCode()).isEqualTo(502);
        assertThat(shop.get("/quotes?region=US").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhereTheBreakerIsOpen() {
        shop.get("/quotes?region=AP");
        shop.post("/actuator/guards/breakers/payments?key=AP", "{\"state\":\"FORCED_OPEN\"}");

        HttpResponse<String> refused = shop.get("/quotes?region=AP");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(JsonPath.<String>read(refused.body(), "$.reason")).isEqualTo("FORCED_OPEN");
    }

    private int concurrent() {
        return JsonPath.read(shop.get(BULKHEAD).body(), "$.concurrent");
    }
}
