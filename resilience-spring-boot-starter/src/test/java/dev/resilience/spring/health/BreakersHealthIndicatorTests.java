package dev.resilience.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.GuardEnvironment;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TripConfig;
import dev.resilience.registry.BreakerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class BreakersHealthIndicatorTests {

    private static final BreakerConfig TWO_CALLS = BreakerConfig.DEFAULTS.withTrip(
            TripConfig.DEFAULTS.withMinimumCalls(2).withFailureRate(60));

    private final AtomicLong nanos = new AtomicLong();
    private final BreakerRegistry breakers = new BreakerRegistry(
            name -> TWO_CALLS, BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(new Turned())));

    @Test
    void isUpWithoutBreakers() {
        assertThat(health()).isEqualTo(Health.up().build());
    }

    @Test
    void isUpWithAnOpenBreakerThatNobodyNamed() {
        force(BreakerState.FORCED_OPEN, null);
        assertThat(health("stock").getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void showsEachBreaker() throws Exception {
        breakers.get("payments").call(() -> "paid");
        failOnce();
        Map<String, Object> details = health().getDetails();
        assertThat(details).containsOnlyKeys("payments");
        assertThat(details.get("payments"))
                .isEqualTo(Map.of(
                        "state",
                        BreakerState.CLOSED,
                        "failureRate",
                        50.0,
                        "since",
                        breakers.get("payments").snapshot().since()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderHistory", "order-history", "ORDERHISTORY"})
    void isDownWhileABreakerIsOpenThatIsNamedInAnySpelling(String spelling) {
        breakers.get("order-history").force(Force.to(BreakerState.FORCED_OPEN));
        assertThat(health(spelling).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownWhileANamedBreakerIsOpenByItsOwnDecision() {
        failOnce();
        failOnce();
        assertThat(breakers.get("payments").state()).isEqualTo(BreakerState.OPEN);
        assertThat(health("payments").getStatus()).isEqualTo(Status.DOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = BreakerState.class,
            names = {"FORCED_CLOSED", "HALF_OPEN"})
    void isUpWhileANamedBreakerLetsCallsThrough(BreakerState state) {
        if (state.isForced()) {
            force(state, null);
        } else {
            force(BreakerState.FORCED_OPEN, null);
            breakers.get("payments").release();
        }
        assertThat(breakers.get("payments").state()).isEqualTo(state);
        assertThat(health("payments").getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isUpWhileOneKeyOfANamedBreakerIsOpenAmongOthers() {
        breakers.get("payments", "us-1");
        force(BreakerState.FORCED_OPEN, "eu-1");
        assertThat(health("payments").getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileAllKeysOfANamedBreakerAreOpen() {
        force(BreakerState.FORCED_OPEN, "us-1");
        force(BreakerState.FORCED_OPEN, "eu-1");
        assertThat(health("payments").getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void countsTheKeysOfANameAndShowsThoseThatAreNotClosed() {
        breakers.get("payments", "us-1");
        breakers.get("payments", "us-2");
        force(BreakerState.FORCED_OPEN, "eu-1");
        Map<String, Object> details = health().getDetails();
        assertThat(details).containsOnlyKeys("payments", "payments[eu-1]");
        assertThat(details.get("payments"))
                .extracting("keys")
                .isEqualTo(Map.of(BreakerState.CLOSED, 2L, BreakerState.FORCED_OPEN, 1L));
        assertThat(details.get("payments[eu-1]")).extracting("state").isEqualTo(BreakerState.FORCED_OPEN);
    }

    @Test
    void showsNoMoreThanTwentyKeysOfAName() {
        for (int i = 0; i < 30; i++) {
            force(BreakerState.FORCED_OPEN, "tenant-" + i);
        }
        assertThat(health().getDetails()).hasSize(21);
    }

    @Test
    void isUpAgainWhenAProbeIsDueSoThatThereIsTrafficToMakeIt() {
        failOnce();
        failOnce();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(breakers.get("payments").state()).isEqualTo(BreakerState.OPEN);
        assertThat(health("payments").getStatus()).isEqualTo(Status.UP);
        assertThat(health("payments").getDetails().get("payments"))
                .extracting("state", "probeDue")
                .containsExactly(BreakerState.OPEN, true);
    }

    private Health health(String... downWhenOpen) {
        return new BreakersHealthIndicator(breakers, List.of(downWhenOpen)).health();
    }

    private void force(BreakerState state, String key) {
        breakers.get("payments", key).force(Force.to(state));
    }

    private void failOnce() {
        try {
            breakers.get("payments").call(() -> {
                throw new IllegalStateException("down");
            });
        } catch (Exception expected) {
            assertThat(expected).hasMessage("down");
        }
    }

    private final class Turned implements Ticker {
        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanos.get());
        }
    }
}
