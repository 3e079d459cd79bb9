package dev.resilience.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** What a load balancer and a platform see while a breaker is open without which the service is no use. */
class BreakersHealthEndpointTests {

    private static TestServer shop;

    @BeforeAll
    static void start() {
        shop = TestServer.start(
                Shop.class,
                WebApplicationType.SERVLET,
                "management.endpoint.health.show-details=always",
                "resilience.health.down-when-open=PAYMENTS,stock");
        shop.context().getBean(BreakerRegistry.class).get("payments").force(Force.to(BreakerState.FORCED_OPEN));
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void takesTheServiceOutOfTheLoadBalancer() {
        HttpResponse<String> health = shop.get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("\"breakers\":{\"details\":{\"payments\":{\"state\":\"FORCED_OPEN\"");
    }

    @Test
    void doesNotHaveThePlatformRestartTheService() {
        HttpResponse<String> liveness = shop.get("/actuator/health/liveness");
        assertThat(liveness.statusCode()).isEqualTo(200);
        assertThat(liveness.body()).doesNotContain("breakers");
    }

    @Test
    void staysOutOfReadinessUnlessPutThere() {
        assertThat(shop.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void canBeReadAlone() {
        assertThat(shop.get("/actuator/health/breakers").body())
                .startsWith("{\"details\":{\"payments\":{\"state\":\"FORCED_OPEN\",\"failureRate\":null,\"since\":\"20")
                .endsWith("\"status\":\"DOWN\"}");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}
}
