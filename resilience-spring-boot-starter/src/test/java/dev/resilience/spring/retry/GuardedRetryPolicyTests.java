package dev.resilience.spring.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Deadline;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.spring.ManualTicker;
import dev.resilience.spring.Provider;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.FixedBackOff;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

class GuardedRetryPolicyTests {

    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 5);
    private final RetryBudget budget = new RetryBudget(10, ticker);
    private final GuardedRetryPolicy policy = GuardedRetryPolicy.of(budget).withBackOff(new FixedBackOff(1, 5));
    private final Provider provider = new Provider();

    @AfterEach
    void stop() {
        provider.close();
    }

    private Object ask() {
        return RestClient.create(provider.url()).get().retrieve().toBodilessEntity();
    }

    private static CircuitBreaker breaker(int failures) {
        return new CircuitBreaker(
                "payments", BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(failures)));
    }

    @Test
    void callsAProviderUntilItAnswers() throws Exception {
        provider.failsAtFirst(2);
        assertThat(policy.template().<Object>execute(this::ask)).isNotNull();
        assertThat(provider.calls()).isEqualTo(3);
    }

    @Test
    void endsAtOnceWhereTheBreakerOpensInTheMiddle() {
        provider.answers(500);
        CircuitBreaker breaker = breaker(3);
        assertThatThrownBy(() -> policy.template().execute(() -> breaker.call(this::ask)))
                .isInstanceOf(RetryException.class)
                .hasCauseInstanceOf(BreakerOpenException.class);
        assertThat(provider.calls()).isEqualTo(3);
        assertThat(breaker.snapshot().totals().allRejected()).isEqualTo(1);
        assertThat(budget.retries()).isEqualTo(3);
    }

    @Test
    void throwsTheLastFailureItselfFromInvoke() {
        provider.answers(500);
        assertThatThrownBy(() -> policy.template().invoke(this::ask)).isInstanceOf(HttpServerErrorException.class);
        assertThat(provider.calls()).isEqualTo(6);
    }

    @Test
    void stopsBeforeAWaitThatTheDeadlineDoesNotOutlast() {
        GuardedRetryPolicy patient = policy.withBackOff(new FixedBackOff(200, 3));
        try (Deadline.Scope scope =
                Deadline.after(Duration.ofMillis(201), ticker).open()) {
            assertThat(scope).isNotNull();
            assertThat(patient.getBackOff().start().nextBackOff()).isEqualTo(200);
            ticker.advance(Duration.ofMillis(1));
            assertThat(patient.getBackOff().start().nextBackOff()).isEqualTo(BackOffExecution.STOP);
        }
        assertThat(budget.retries()).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsItsBackOffSaysWhereNobodyHasADeadline() {
        GuardedRetryPolicy patient = policy.withBackOff(new FixedBackOff(Long.MAX_VALUE - 1, 3));
        assertThat(patient.getBackOff().start().nextBackOff()).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void takesNoRetryFromTheBudgetThatWillNotBeMade() {
        assertThatThrownBy(() -> policy.template().execute(() -> {
                    throw new IOException("down");
                }))
                .isInstanceOf(RetryException.class);
        assertThat(budget.retries()).isEqualTo(5);
        assertThat(budget.refused()).isZero();
    }

    @Test
    void countsEveryCallButNoRetryOfIt() throws Exception {
        RetryTemplate retries = policy.withBackOff(new FixedBackOff(0, 1)).template();
        for (int call = 0; call < 10; call++) {
            AtomicInteger attempts = new AtomicInteger();
            retries.<Object>execute(() -> {
                if (attempts.incrementAndGet() == 1) {
                    throw new IOException("down");
                }
                return "made";
            });
        }
        assertThat(budget.retries()).isEqualTo(10);
        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void retriesNoMoreWhereTheBudgetIsSpent() {
        RetryTemplate retries =
                GuardedRetryPolicy.of(new RetryBudget(0, ticker)).template();
        provider.answers(500);
        assertThatThrownBy(() -> retries.execute(this::ask)).hasCauseInstanceOf(HttpServerErrorException.class);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void retriesOnlyWhatItsFilterKnows() {
        RetryTemplate retries =
                policy.withFilter(thrown -> !(thrown instanceof IOException)).template();
        AtomicInteger attempts = new AtomicInteger();
        assertThatThrownBy(() -> retries.execute(() -> {
                    attempts.incrementAndGet();
                    throw new IOException("down");
                }))
                .hasCauseInstanceOf(IOException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void hasTheTimeoutThatItWasGiven() {
        assertThat(policy.withTimeout(Duration.ofSeconds(3)).getTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void hasTheWaitsOfTheAnnotation() {
        RetryTimes annotation = new RetryTimes(3, 100, 50, 2, 2000);
        BackOffExecution waits = GuardedRetryPolicy.of(budget).getBackOff().start();
        long interval = annotation.delay();
        for (int retry = 0; retry < annotation.maxRetries(); retry++) {
            assertThat(waits.nextBackOff()).isBetween(annotation.delay(), annotation.longest(interval));
            interval = annotation.after(interval);
        }
        assertThat(waits.nextBackOff()).isEqualTo(BackOffExecution.STOP);
    }
}
