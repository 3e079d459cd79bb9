package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.Name;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.actuate.FleetDirectory;
import dev.resilience.spring.shared.FleetMember;
import dev.resilience.spring.shared.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What there is to show of a breaker's part in its fleet. */
class FleetPartTests {

    private static final Name PAYMENTS = Name.of("payments");

    private static ApplicationContextRunner sharing(String... payments) {
        return Configured.BY_NOTHING
                .withConfiguration(
                        AutoConfigurations.of(FleetAutoConfiguration.class, GuardsEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=guards",
                        "resilience.shared.enabled=true",
                        "resilience.shared.namespace=part",
                        "resilience.shared.uri=" + TestRedis.uri().toURI())
                .withPropertyValues(payments);
    }

    private static FleetDirectory joined(AssertableApplicationContext context) {
        context.getBean(BreakerRegistry.class).get(PAYMENTS.text());
        await().until(context.getBean(FleetMember.class)::isConnected);
        return context.getBean(FleetDirectory.class);
    }

    @Test
    void isWhatTheFleetAgreedOnAndHowItDoes() {
        sharing(
                        "resilience.breakers.payments.shared.mode=shared-window",
                        "resilience.breakers.payments.shared.quorum=3",
                        "resilience.breakers.payments.shared.average-duration=2s",
                        "resilience.breakers.payments.shared.concurrent=50")
                .run(context -> {
                    FleetDirectory.Part part = joined(context).of(PAYMENTS);

                    assertThat(part.now())
                            .containsEntry("mode", "shared-window")
                            .containsEntry("scope", "fleet")
                            .containsKeys("epoch", "live", "quorum", "votes", "leases");
                    assertThat(part.config())
                            .containsEntry("mode", "shared-window")
                            .containsEntry("quorum", "3")
                            .containsEntry("average-duration", Duration.ofSeconds(2))
                            .containsEntry("concurrent", 50);
                });
    }

    @Test
    void isConfiguredByTheDefaultsWhereNothingElseIsSaid() {
        sharing()
                .run(context -> assertThat(joined(context).of(PAYMENTS).config())
                        .containsEntry("mode", "shared-state")
                        .containsEntry("quorum", "20%")
                        .containsEntry("average-duration", null)
                        .containsEntry("concurrent", null));
    }

    @Test
    void isNothingWhereTheBreakerIsNotShared() {
        sharing("resilience.breakers.payments.shared.mode=off")
                .run(context -> assertThat(joined(context).of(PAYMENTS)).isNull());
    }
}
