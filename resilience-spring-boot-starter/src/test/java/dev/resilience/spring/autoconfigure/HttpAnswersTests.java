package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerFailureClassifier;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** What an exception of an HTTP client, or a classifier, says of the health of a dependency. */
class HttpAnswersTests {

    private static Outcome outcome(ApplicationContextRunner runner, Exception thrown) {
        Outcome[] outcome = new Outcome[1];
        runner.run(context -> {
            CircuitBreaker breaker = context.getBean(BreakerRegistry.class).get("payments");
            assertThat(catchThrowable(() -> breaker.call(() -> {
                        throw thrown;
                    })))
                    .isSameAs(thrown);
            outcome[0] = breaker.snapshot().totals().calls().entrySet().stream()
                    .filter(count -> count.getValue() == 1)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        });
        return outcome[0];
    }

    private static HttpClientErrorException ofRestClient(int status) {
        return new HttpClientErrorException(HttpStatusCode.valueOf(status));
    }

    private static WebClientResponseException ofWebClient(int status) {
        return WebClientResponseException.create(status, "no", HttpHeaders.EMPTY, new byte[0], StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422, 499})
    void countsAClientErrorAsASuccess(int status) {
        assertThat(outcome(Configured.BY_NOTHING, ofRestClient(status))).isEqualTo(Outcome.SUCCESS);
        assertThat(outcome(Configured.BY_NOTHING, ofWebClient(status))).isEqualTo(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429})
    void countsTimeoutsAndTooManyRequestsAsFailures(int status) {
        assertThat(outcome(Configured.BY_NOTHING, ofRestClient(status))).isEqualTo(Outcome.FAILURE);
        assertThat(outcome(Configured.BY_NOTHING, ofWebClient(status))).isEqualTo(Outcome.FAILURE);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void countsAServerErrorAsAFailure(int status) {
        assertThat(outcome(Configured.BY_NOTHING, new HttpServerErrorException(HttpStatusCode.valueOf(status))))
                .isEqualTo(Outcome.FAILURE);
        assertThat(outcome(Configured.BY_NOTHING, ofWebClient(status))).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void looksIntoWrappers() {
        assertThat(outcome(Configured.BY_NOTHING, new CompletionException(ofRestClient(404))))
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void givesWayToConfiguredExceptions() {
        ApplicationContextRunner ignoring = Configured.by(
                "resilience.defaults.breaker.exceptions.ignore: org.springframework.web.client.HttpClientErrorException");
        ApplicationContextRunner recording =
                Configured.by("resilience.defaults.breaker.exceptions.record: java.lang.Exception");
        assertThat(outcome(ignoring, ofRestClient(404))).isEqualTo(Outcome.IGNORED);
        assertThat(outcome(recording, ofRestClient(404))).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void givesWayToAClassifier() {
        BreakerFailureClassifier harsh = (result, thrown) -> thrown == null ? null : Outcome.FAILURE;
        assertThat(outcome(
                        Configured.BY_NOTHING.withBean("harsh", BreakerFailureClassifier.class, () -> harsh),
                        ofRestClient(404)))
                .isEqualTo(Outcome.FAILURE);
    }

    @Test
    void asksClassifiersInTheirOrder() {
        assertThat(outcome(
                        Configured.BY_NOTHING.withBean(Second.class).withBean(First.class),
                        new IllegalStateException()))
                .isEqualTo(Outcome.IGNORED);
    }

    @Test
    void worksWithoutEitherClient() {
        ApplicationContextRunner bare = Configured.BY_NOTHING.withClassLoader(
                new FilteredClassLoader("org.springframework.web", "org.springframework.http", "feign"));
        assertThat(outcome(bare, new IllegalStateException())).isEqualTo(Outcome.FAILURE);
        bare.run(context -> assertThat(context).doesNotHaveBean(AnswerRule.class));
    }

    @Test
    void worksWithOneOfTheClients() {
        ApplicationContextRunner blocking = Configured.BY_NOTHING.withClassLoader(
                new FilteredClassLoader("org.springframework.web.reactive", "feign"));
        assertThat(outcome(blocking, ofRestClient(404))).isEqualTo(Outcome.SUCCESS);
        blocking.run(context -> assertThat(context).hasSingleBean(AnswerRule.class));
    }

    /** The one that decides. */
    @Order(1)
    static class First implements BreakerFailureClassifier {

        @Override
        public Outcome classify(Object result, Throwable thrown) {
            return Outcome.IGNORED;
        }
    }

    /** The one that comes too late. */
    @Order(2)
    static class Second implements BreakerFailureClassifier {

        @Override
        public Outcome classify(Object result, Throwable thrown) {
            return Outcome.FAILURE;
        }
    }
}
