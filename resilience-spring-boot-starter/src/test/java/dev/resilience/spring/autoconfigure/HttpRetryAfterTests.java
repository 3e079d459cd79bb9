package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.GuardEnvironment;
import dev.resilience.Outcome;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.RetryAfterRule;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.Provider;
import feign.Feign;
import feign.FeignException;
import feign.RequestLine;
import feign.Retryer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** How long a breaker stays open after answers of a real server with {@code Retry-After}, and what it thinks of OpenFeign's exceptions. */
class HttpRetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-01-31T10:15:30Z");

    private final Provider provider = new Provider();

    private final ApplicationContextRunner runner =
            Configured.by("""
                    resilience.breakers.payments:
                      consecutive-failures: 1
                      open: {duration: 10s, jitter: 0, max-duration: 5m}
                    """).withBean(GuardEnvironment.class, () -> GuardEnvironment.DEFAULT.withTicker(new AtNow()));

    /** The time of day stands still. */
    private record AtNow() implements Ticker {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant instant() {
            return NOW;
        }
    }

    /** OpenFeign's view of the provider. */
    interface Payments {
        @RequestLine("GET /")
        void pay();
    }

    enum Client {
        REST_CLIENT,
        REST_TEMPLATE,
        WEB_CLIENT,
        FEIGN;

        Object ask(String url) {
            return switch (this) {
                case REST_CLIENT -> RestClient.create(url).get().retrieve().toBodilessEntity();
                case REST_TEMPLATE -> new RestTemplate().getForEntity(url, String.class);
                case WEB_CLIENT ->
                    WebClient.create(url).get().retrieve().toBodilessEntity().blockOptional();
                case FEIGN -> askByFeign(url);
            };
        }

        private static Object askByFeign(String url) {
            Feign.builder()
                    .retryer(Retryer.NEVER_RETRY)
                    .target(Payments.class, url)
                    .pay();
            return "answered";
        }
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private BreakerSnapshot after(Callable<?> call) {
        BreakerSnapshot[] snapshot = new BreakerSnapshot[1];
        runner.run(context -> {
            CircuitBreaker breaker = context.getBean(BreakerRegistry.class).get("payments");
            assertThatThrownBy(() -> breaker.call(call)).isInstanceOf(RuntimeException.class);
            snapshot[0] = breaker.snapshot();
        });
        return snapshot[0];
    }

    private BreakerSnapshot after(Client client) {
        return after(() -> client.ask(provider.url()));
    }

    private static @Nullable Duration interval(BreakerSnapshot snapshot) {
        return snapshot.retryAt() == null ? null : Duration.between(snapshot.since(), snapshot.retryAt());
    }

    @ParameterizedTest
    @EnumSource
    void waitsForTheSecondsThatTheServerAskedFor(Client client) {
        provider.answers(503, "Retry-After", "77");
        assertThat(interval(after(client))).isEqualTo(Duration.ofSeconds(77));
        provider.answers(429, "Retry-After", "33");
        assertThat(interval(after(client))).isEqualTo(Duration.ofSeconds(33));
    }

    @ParameterizedTest
    @EnumSource
    void waitsUntilTheDateThatTheServerNamed(Client client) {
        provider.answers(503, "Retry-After", "Sat, 31 Jan 2026 10:17:00 GMT");
        assertThat(interval(after(client))).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @EnumSource
    void waitsNoLongerThanTheLongestInterval(Client client) {
        provider.answers(503, "Retry-After", "86400");
        assertThat(interval(after(client))).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsIntervalWhereTheServerAsksForNothing(Client client) {
        provider.answers(503);
        assertThat(interval(after(client))).isEqualTo(Duration.ofSeconds(10));
        provider.answers(503, "Retry-After", "soon");
        assertThat(interval(after(client))).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @EnumSource
    void takesTheHeaderFromNoOtherAnswer(Client client) {
        provider.answers(500, "Retry-After", "77");
        assertThat(interval(after(client))).isEqualTo(Duration.ofSeconds(10));
        provider.answers(404, "Retry-After", "77");
        assertThat(interval(after(client))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"400,SUCCESS", "404,SUCCESS", "422,SUCCESS", "408,FAILURE", "429,FAILURE", "500,FAILURE", "503,FAILURE"
    })
    void judgesAnswersOfFeignAsThoseOfOtherClients(int status, Outcome outcome) {
        provider.answers(status);
        assertThat(after(Client.FEIGN).totals().calls()).containsEntry(outcome, 1L);
    }

    @Test
    void countsACallOfFeignThatGetsNoAnswerAsAFailure() {
        provider.close();
        assertThat(after(Client.FEIGN).totals().calls()).containsEntry(Outcome.FAILURE, 1L);
    }

    @Test
    void takesTheMomentOfAnErrorDecoderOfTheUsersOwn() {
        Feign.Builder feign = Feign.builder()
                .retryer(Retryer.NEVER_RETRY)
                .errorDecoder((method, response) -> new feign.RetryableException(
                        response.status(),
                        "busy",
                        response.request().httpMethod(),
                        NOW.plusSeconds(60).toEpochMilli(),
                        response.request()));
        provider.answers(503);
        assertThat(interval(after(() -> {
                    feign.target(Payments.class, provider.url()).pay();
                    return "answered";
                })))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void asksForeignRulesInTheirOrder() {
        RetryAfterRule silent = thrown -> null;
        RetryAfterRule minute = thrown -> Duration.ofMinutes(1);
        assertThat(new FirstWait(List.of(silent, minute)).retryAfter(new IllegalStateException()))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(new FirstWait(List.of(silent)).retryAfter(new IllegalStateException()))
                .isNull();
    }

    @Test
    void takesWhatABeanOfTheUsersKnows() {
        runner.withBean(
                        "mine",
                        RetryAfterRule.class,
                        () -> thrown -> thrown instanceof IllegalStateException ? Duration.ofMinutes(2) : null)
                .run(context -> {
                    CircuitBreaker breaker =
                            context.getBean(BreakerRegistry.class).get("payments");
                    assertThatThrownBy(() -> breaker.call(() -> {
                                throw new IllegalStateException("busy");
                            }))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(interval(breaker.snapshot())).isEqualTo(Duration.ofMinutes(2));
                });
    }

    @Test
    void worksWithoutAnyClient() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http", "feign"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RetryAfterRule.class));
    }

    @Test
    void worksWithFeignAlone() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http"))
                .run(context -> {
                    assertThat(context).hasSingleBean(AnswerRule.class).hasSingleBean(RetryAfterRule.class);
                    assertThat(FeignException.class).isNotNull();
                });
    }
}
