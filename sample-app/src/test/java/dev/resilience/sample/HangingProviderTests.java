package dev.resilience.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.sample.provider.ProviderAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the shop's bulkheads are for: many customers, and a provider that does not answer. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "shop.traffic=0",
            "provider.port=0",
            // So that the shop has few threads on every Java.
            "spring.threads.virtual.enabled=false",
            // So that hanging calls end when a test says so.
            "spring.http.clients.read-timeout=2m",
            "resilience.breakers.payments.slow-call-duration=10m",
            "resilience.breakers.payments.timeout=10m"
        })
class HangingProviderTests {

    private static final int CUSTOMERS = 200;
    private static final int PLACES = 8;
    private static final int THREADS = 50;

    private final Shop shop;
    private final Shop provider;
    private final SemaphoreBulkhead bulkhead;
    private final List<CompletableFuture<HttpResponse<String>>> orders = new ArrayList<>();

    @Autowired
    HangingProviderTests(@LocalServerPort int port, ProviderAddress address, BulkheadRegistry bulkheads) {
        this.shop = new Shop(port);
        this.provider = new Shop(address.uri(Region.EU, "").getPort());
        this.bulkhead = bulkheads.get("payments");
    }

    @BeforeEach
    void hang() {
        provider.provider("{\"hang\":true}");
    }

    @AfterEach
    void heal() {
        provider.provider("{}");
        await().until(() -> orders.stream().allMatch(CompletableFuture::isDone));
        shop.post("/actuator/guards/bulkheads/payments", "{\"state\":\"AUTO\"}");
    }

    @Test
    void letsOnlySoManyOf200CustomersHangAndRefusesTheRest() {
        orderAll();

        await().until(() -> count(503) == CUSTOMERS - PLACES);
        assertThat(concurrent()).isEqualTo(PLACES);

        provider.provider("{}");
        await().until(() -> count(200) == PLACES);
    }

    @Test
    void answersOtherRequestsWithin100MillisecondsMeanwhile() {
        orderAll();
        await().until(() -> concurrent() == PLACES);

        long[] sorted =
                LongStream.generate(this::nanosForProducts).limit(101).sorted().toArray();

        assertThat(Duration.ofNanos(sorted[50])).isLessThan(Duration.ofMillis(100));
        assertThat(concurrent()).isEqualTo(PLACES);
        assertThat(count(200)).isZero();
    }

    /** Shows that the test above can fail. */
    @Test
    void standsStillWhereTheBulkheadDoesNotRefuse() {
        shop.post("/actuator/guards/bulkheads/payments", "{\"mode\":\"SHADOW\"}");
        orderAll();
        await().until(() -> concurrent() == THREADS);

        assertThat(shop.getLater("/products").completeOnTimeout(null, 1, TimeUnit.SECONDS))
                .succeedsWithin(Duration.ofSeconds(5))
                .isNull();
    }

    private void orderAll() {
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            orders.add(shop.postLater("/orders?region=EU", ""));
        }
    }

    private long count(int status) {
        return orders.stream()
                .filter(order -> order.isDone() && order.join().statusCode() == status)
                .count();
    }

    private long nanosForProducts() {
        long startedAt = System.nanoTime();
        assertThat(shop.get("/products").statusCode()).isEqualTo(200);
        return System.nanoTime() - startedAt;
    }

    private int concurrent() {
        return bulkhead.snapshot().concurrent();
    }
}
