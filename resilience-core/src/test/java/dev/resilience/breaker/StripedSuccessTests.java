package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripedSuccessTests {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static CircuitBreaker breaker(WindowSize window) {
        return new CircuitBreaker(
                "payments",
                BreakerConfig.DEFAULTS
                        .withWindow(window)
                        .withTrip(TripConfig.DEFAULTS.withMinimumCalls(4).withSlowCalls(Duration.ofMillis(10), 50)));
    }

    private static void succeed(CircuitBreaker breaker, int times, long nanos) {
        for (int call = 0; call < times; call++) {
            breaker.end(breaker.acquire(), Outcome.SUCCESS, 0, nanos, null);
        }
    }

    @Test
    void everySuccessIsCountedWithItsDurationHoweverManyThereAre() {
        CircuitBreaker breaker = breaker(WindowSize.calls(100));
        int many = 500_000;

        succeed(breaker, many, 1000);

        BreakerSnapshot seen = breaker.snapshot();
        assertThat(seen.totals().calls()).containsEntry(Outcome.SUCCESS, (long) many);
        assertThat(seen.totals().nanos()).containsEntry(Outcome.SUCCESS, 1000L * many);
        assertThat(seen.window().calls()).isEqualTo(100);
        assertThat(seen.window().averageDuration()).isEqualTo(Duration.ofNanos(1000));
        assertThat(seen.concurrent()).isZero();
    }

    @Test
    void aSlowSuccessIsJudgedAmongThoseThatAreNot() {
        CircuitBreaker breaker = breaker(WindowSize.calls(4));
        succeed(breaker, 10, 1000);

        succeed(breaker, 1, Duration.ofMillis(10).toNanos());
        assertThat(breaker.snapshot().window().slow()).isEqualTo(1);
        succeed(breaker, 1, Duration.ofMillis(10).toNanos());

        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.SLOW_CALL_RATE);
    }

    @Test
    void aCallOfManySecondsIsCountedWhole() {
        CircuitBreaker breaker = new CircuitBreaker("payments", BreakerConfig.DEFAULTS);
        succeed(breaker, 3, 10);

        succeed(breaker, 3, 3000 * SECOND);

        assertThat(breaker.snapshot().totals().nanos()).containsEntry(Outcome.SUCCESS, 9000 * SECOND + 30);
    }

    @Test
    void aSuccessOfBeforeAResetEntersNoWindowAndIsInTheTotals() {
        CircuitBreaker breaker = breaker(WindowSize.calls(4));
        succeed(breaker, 2, 10);
        BreakerPermit late = breaker.acquire();
        breaker.reset();
        succeed(breaker, 2, 10);

        breaker.end(late, Outcome.SUCCESS, 0, 10, null);

        assertThat(breaker.snapshot().window().calls()).isEqualTo(2);
        assertThat(breaker.snapshot().totals().calls()).containsEntry(Outcome.SUCCESS, 5L);
    }

    @Test
    void aSuccessEndsARowOfFailures() {
        CircuitBreaker breaker = new CircuitBreaker(
                "payments",
                BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS
                        .withMinimumCalls(3)
                        .withFailureRate(100)
                        .withConsecutiveFailures(2)));
        succeed(breaker, 3, 10);
        breaker.end(breaker.acquire(), Outcome.FAILURE, 0, 10, null);

        succeed(breaker, 1, 10);
        breaker.end(breaker.acquire(), Outcome.FAILURE, 0, 10, null);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        breaker.end(breaker.acquire(), Outcome.FAILURE, 0, 10, null);

        assertThat(breaker.snapshot().reason()).isEqualTo(TransitionReason.CONSECUTIVE_FAILURES);
    }

    @Test
    void nothingIsLostBetweenThreadsThatSucceedFailAndLook() {
        CircuitBreaker breaker = new CircuitBreaker(
                "payments",
                BreakerConfig.DEFAULTS
                        .withWindow(WindowSize.calls(1000))
                        .withTrip(TripConfig.DEFAULTS.withFailureRate(100)));
        int threads = 8;
        int each = 200_000;
        try (Callers callers = new Callers()) {
            List<Caller> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int own = thread;
                all.add(callers.start(() -> callAndLook(breaker, own, each)));
            }
            assertThat(all).allSatisfy(caller -> assertThat(caller.result()).isEqualTo("done"));
        }

        BreakerSnapshot seen = breaker.snapshot();
        assertThat(seen.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(seen.totals().calls())
                .containsEntry(Outcome.FAILURE, (long) threads * each / 50)
                .containsEntry(Outcome.SUCCESS, (long) threads * each / 50 * 49);
        assertThat(seen.totals().nanos()).containsEntry(Outcome.SUCCESS, 7L * threads * each / 50 * 49);
        assertThat(seen.window().calls()).isEqualTo(1000);
        assertThat(seen.concurrent()).isZero();
    }

    private static String callAndLook(CircuitBreaker breaker, int thread, int times) {
        for (int call = 0; call < times; call++) {
            boolean fails = (call + thread) % 50 == 0;
            breaker.end(breaker.acquire(), fails ? Outcome.FAILURE : Outcome.SUCCESS, 0, 7, null);
            if (call % 1000 == 0) {
                breaker.snapshot();
            }
        }
        return "done";
    }
}
