package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the shares of a bulkhead are for: a job that takes all places, and customers. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "shop.traffic=0",
            "provider.port=0",
            // So that what hangs and what waits ends when a test says so.
            "spring.http.clients.read-timeout=2m",
            "resilience.breakers.payments.slow-call-duration=10m",
            "resilience.breakers.payments.timeout=10m",
            "resilience.bulkheads.payments.max-queue=100",
            "resilience.bulkheads.payments.max-wait=10m"
        })
class CriticalityTests {

    private static final String BULKHEAD = "/actuator/guards/bulkheads/payments";

    private final Shop shop;
    private final List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();

    CriticalityTests(@LocalServerPort int port) {
        this.shop = new Shop(port);
    }

    @BeforeEach
    void hang() {
        shop.provider("{\"hang\":true}");
    }

    @AfterEach
    void heal() {
        shop.provider("{}");
        await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));
    }

    @Test
    void letsCustomersPastAFloodThatCameFirst() {
        order("background", Region.AP, 4);
        await().until(() -> bulkhead("$.concurrent") == 4);
        order("background", Region.EU, 16);
        await().until(() -> bulkhead("$.queueDepth") == 12);
        order("customer", Region.US, 4);
        await().until(() -> bulkhead("$.shares.customer.queueDepth") == 4);

        shop.provider("{\"region\":\"AP\"}"); // four of the eight that run

        await().until(() -> bulkhead("$.shares.customer.concurrent") == 4);
        assertThat(bulkhead("$.shares.background.concurrent")).isEqualTo(4);
        assertThat(bulkhead("$.shares.background.queueDepth")).isEqualTo(12);
    }

    @Test
    void servesEverybodyInTheEnd() {
        order("background", Region.EU, 16);
        order("customer", Region.EU, 16);
        await().until(() -> bulkhead("$.queueDepth") == 24);

        shop.provider("{}");

        assertThat(calls).allMatch(call -> call.join().statusCode() == 200);
    }

    @Test
    void lendsAFloodAllPlacesWhileNobodyElseIsThere() {
        order("background", Region.EU, 8);

        await().until(() -> bulkhead("$.shares.background.concurrent") == 8);
    }

    @Test
    void takesAJobForBackgroundWhateverItsCallerSays() {
        calls.add(shop.postLater("/reconciliations?region=EU", ""));
        calls.add(shop.postLater("/reconciliations?region=EU", "", "X-Request-Criticality", "customer"));

        await().until(() -> bulkhead("$.shares.background.concurrent") == 2);
        assertThat(bulkhead("$.shares.customer.concurrent")).isZero();
    }

    private void order(String criticality, Region region, int times) {
        for (int call = 0; call < times; call++) {
            calls.add(shop.orderLater(region, "X-Request-Criticality", criticality));
        }
    }

    private int bulkhead(String path) {
        return JsonPath.read(shop.get(BULKHEAD).body(), path);
    }
}
