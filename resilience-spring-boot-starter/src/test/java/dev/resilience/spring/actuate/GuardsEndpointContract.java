package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerState;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.actuate.Http.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuardsEndpointContract {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final WebApplicationType type;
    private ConfigurableApplicationContext context;
    private Http http;

    GuardsEndpointContract(WebApplicationType type) {
        this.type = type;
    }

    @BeforeAll
    void start() {
        context = GuardsApplication.start(type, GuardsApplication.OPEN, GuardsApplication.WRITABLE);
        http = Http.to(context);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    private BreakerFamily breakers() {
        return context.getBean(BreakerRegistry.class).family(Name.of("breaker" + COUNT.incrementAndGet()));
    }

    @Test
    void forcesABreaker() {
        BreakerFamily family = breakers();
        Answer answer = http.post("/guards/breakers/" + family.name(), "{\"state\":\"FORCED_OPEN\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(family.plain().state()).isEqualTo(BreakerState.FORCED_OPEN);
    }
}
