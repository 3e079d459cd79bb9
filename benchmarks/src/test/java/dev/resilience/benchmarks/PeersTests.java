package dev.resilience.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.failsafe.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the tables say that peers do less. */
class PeersTests {

    @Test
    void aLateOutcomeCountsInResilience4j() {
        var breaker = io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "breaker",
                CircuitBreakerConfig.custom()
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
        breaker.acquirePermission();
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();

        breaker.onSuccess(1, TimeUnit.SECONDS);

        assertThat(breaker.getState()).isEqualTo(io.github.resilience4j.circuitbreaker.CircuitBreaker.State.CLOSED);
    }

    @Test
    void aLateOutcomeCountsInFailsafe() {
        CircuitBreaker<String> breaker = CircuitBreaker.<String>builder()
                .withFailureThreshold(1)
                .withDelay(Duration.ofHours(1))
                .build();
        breaker.tryAcquirePermit();
        breaker.open();
        breaker.halfOpen();

        breaker.recordSuccess();

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }
}
