package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.actuate.Http.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** What a request may do by the application's properties, whichever web stack it is reached by. */
abstract class GuardsAccessContract {

    private static final String FORCE = "{\"state\":\"FORCED_OPEN\"}";

    private final WebApplicationType type;

    GuardsAccessContract(WebApplicationType type) {
        this.type = type;
    }

    private ConfigurableApplicationContext start(String... properties) {
        ConfigurableApplicationContext context = GuardsApplication.start(type, properties);
        context.getBean(BreakerRegistry.class).get("payments");
        return context;
    }

    private static BreakerState state(ConfigurableApplicationContext context) {
        return context.getBean(BreakerRegistry.class).get("payments").state();
    }

    @Test
    void onlyReadsWhereNothingIsSet() {
        try (ConfigurableApplicationContext context = start(GuardsApplication.OPEN)) {
            Http http = Http.to(context);
            assertThat(http.get("/guards/breakers/payments").status()).isEqualTo(200);
            assertThat(http.post("/guards/breakers/payments", FORCE).status()).isEqualTo(405);
            assertThat(http.post("/guards/breakers", FORCE).status()).isEqualTo(405);
            assertThat(http.post("/guards", FORCE).status()).isEqualTo(405);
            assertThat(state(context)).isEqualTo(BreakerState.CLOSED);
        }
    }

    @Test
    void onlyReadsWhereAllEndpointsAreOpenedAtOnce() {
        String all = "management.endpoints.access.default=unrestricted";
        try (ConfigurableApplicationContext context = start(GuardsApplication.OPEN, all)) {
            Http http = Http.to(context);
            assertThat(http.get("/guards/breakers/payments").status()).isEqualTo(200);
            assertThat(http.post("/guards/breakers/payments", FORCE).status()).isEqualTo(405);
            assertThat(state(context)).isEqualTo(BreakerState.CLOSED);
        }
    }

    @Test
    void writesOnAPortAndAPathOfItsOwn() {
        String[] properties = {
            GuardsApplication.OPEN,
            GuardsApplication.WRITABLE,
            "management.server.port=0",
            "management.endpoints.web.base-path=/manage",
            "management.endpoints.web.path-mapping.guards=health/guards"
        };
        try (ConfigurableApplicationContext context = start(properties)) {
            Http http = Http.to(context, "local.management.port", "/manage/health");
            Answer answer = http.post("/guards/breakers/payments", FORCE);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(http.get("/guards/breakers/payments?key=none").status()).isEqualTo(404);
            assertThat(http.post("/guards/breakers/payments?name=other", FORCE).status())
                    .isEqualTo(400);
            assertThat(state(context)).isEqualTo(BreakerState.FORCED_OPEN);
        }
    }

    @Test
    void sharesNothingWithAnotherContext() {
        try (ConfigurableApplicationContext one = start(GuardsApplication.OPEN, GuardsApplication.WRITABLE);
                ConfigurableApplicationContext other = start(GuardsApplication.OPEN)) {
            assertThat(Http.to(one).post("/guards/breakers/payments", FORCE).status())
                    .isEqualTo(200);
            assertThat(Http.to(other).get("/guards/breakers/payments").body()).contains("\"state\":\"CLOSED\"");
            assertThat(Http.to(other).post("/guards/breakers/payments", FORCE).status())
                    .isEqualTo(405);
            assertThat(other.getBean(GuardsApplication.class).events()).isEmpty();
        }
    }
}
