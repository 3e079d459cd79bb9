package dev.resilience.spring.reactive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.TestServer;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** A client that goes away, with a real socket: nobody downstream works for it any longer, and no place is kept for it. */
class DisconnectTests {

    private TestServer shop;
    private TestServer provider;

    @BeforeEach
    void start() {
        shop = TestServer.start(Service.class, WebApplicationType.REACTIVE);
        provider = TestServer.start(Service.class, WebApplicationType.REACTIVE);
    }

    @AfterEach
    void stop() {
        shop.close();
        provider.close();
    }

    @Test
    void cancelsTheGuardedSource() throws Exception {
        askAndHangUp(provider, "/payment");

        assertGivenUp(provider, "payments");
    }

    @Test
    void cancelsTheGuardedSourceOfTheNextServiceToo() throws Exception {
        askAndHangUp(shop, "/order?port=" + port(provider));

        assertGivenUp(shop, "orders");
        assertGivenUp(provider, "payments");
    }

    private static String port(TestServer server) {
        return server.context().getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Closes the connection when the provider's method has been subscribed to. */
    private void askAndHangUp(TestServer server, String path) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port(server)))) {
            client.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
            assertThat(payments().seen().await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(payments().cancelled().getCount()).isOne();
        }
        assertThat(payments().cancelled().await(20, TimeUnit.SECONDS)).isTrue();
    }

    private Payments payments() {
        return provider.context().getBean(Payments.class);
    }

    private static void assertGivenUp(TestServer server, String name) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            BreakerSnapshot breaker =
                    server.context().getBean(BreakerRegistry.class).get(name).snapshot();
            assertThat(breaker.concurrent()).isZero();
            assertThat(breaker.totals().calls())
                    .containsEntry(Outcome.CANCELLED, 1L)
                    .containsEntry(Outcome.SUCCESS, 0L)
                    .containsEntry(Outcome.FAILURE, 0L);
            assertThat(server.context()
                            .getBean(BulkheadRegistry.class)
                            .get(name)
                            .snapshot()
                            .concurrent())
                    .isZero();
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Pages.class, Payments.class, Orders.class})
    static class Service {}

    static class Payments {

        private final CountDownLatch seen = new CountDownLatch(1);
        private final CountDownLatch cancelled = new CountDownLatch(1);

        public CountDownLatch seen() {
            return seen;
        }

        public CountDownLatch cancelled() {
            return cancelled;
        }

        @Breaker("payments")
        @Bulkhead("payments")
        public Mono<String> pay() {
            return Mono.<String>never()
                    .doOnSubscribe(subscription -> seen.countDown())
                    .doOnCancel(cancelled::countDown);
        }
    }

    static class Orders {

        private final WebClient client;

        Orders(WebClient.Builder clients) {
            this.client = clients.build();
        }

        @Breaker("orders")
        @Bulkhead("orders")
        public Mono<String> order(int port) {
            return client.get()
                    .uri("http://localhost:{port}/payment", port)
                    .retrieve()
                    .bodyToMono(String.class);
        }
    }

    @RestController
    static class Pages {

        private final Payments payments;
        private final Orders orders;

        Pages(Payments payments, Orders orders) {
            this.payments = payments;
            this.orders = orders;
        }

        @GetMapping("/payment")
        Mono<String> payment() {
            return payments.pay();
        }

        @GetMapping("/order")
        Mono<String> order(@RequestParam int port) {
            return orders.order(port);
        }
    }
}
