package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.jayway.jsonpath.JsonPath;
import dev.resilience.GuardMode;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BulkheadFamily;
import dev.resilience.spring.actuate.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;

/** What the endpoint does with orders that it accepts, whichever web stack it is reached by. */
abstract class GuardsWritingContract extends GuardsFixture {

    GuardsWritingContract(WebApplicationType type) {
        super(type);
    }

    private static GuardMode mode(CircuitBreaker breaker) {
        return breaker.config().enforcement().mode();
    }

    private Map<String, Object> onlyEvent(Name name) {
        assertThat(events(name)).hasSize(1);
        AuditEvent event = events(name).get(0);
        assertThat(event.getPrincipal()).isEqualTo("anonymous");
        assertThat(event.getType()).isEqualTo("GUARD_CHANGED");
        return event.getData();
    }

    @ParameterizedTest
    @CsvSource({"FORCED_OPEN,PT10M", "forced_closed,10m"})
    void forces(String state, String duration) {
        BreakerFamily family = breakers();
        Answer answer = post(
                family,
                "",
                "{\"state\":\"%s\",\"duration\":\"%s\",\"reason\":\"maintenance\"}".formatted(state, duration));
        assertThat(answer.status()).isEqualTo(200);
        assertJson(
                JsonPath.parse(JsonPath.<Object>read(answer.body(), "$.override"))
                        .jsonString(),
                """
                {"state":"%s","by":"anonymous","reason":"maintenance","until":"%s"}""".formatted(state.toUpperCase(Locale.ROOT), ticker().instant().plusSeconds(600)));
        assertThat(answer.body()).isEqualTo(get(family, "").body());
    }

    @Test
    void tellsOfAForce() {
        BreakerFamily family = breakers();
        post(family, "", "{\"state\":\"FORCED_OPEN\",\"duration\":\"PT10M\",\"reason\":\"maintenance\"}");
        assertThat(onlyEvent(family.name()))
                .containsEntry("guard", "breaker")
                .containsEntry("name", family.name().text())
                .containsEntry("key", null)
                .containsEntry("from", "CLOSED")
                .containsEntry("to", "FORCED_OPEN")
                .containsEntry("reason", "maintenance")
                .containsEntry("expiry", ticker().instant().plusSeconds(600));
    }

    @Test
    void logsAForceWithKeyValues() {
        BreakerFamily family = breakers();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(GuardsEndpoint.class);
        lines.start();
        logger.addAppender(lines);
        family.get("eu-1");
        post(family, "?key=eu-1", "{\"state\":\"FORCED_OPEN\"}");
        logger.detachAppender(lines);
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .isEqualTo("anonymous changed breaker '%s[eu-1]': CLOSED -> FORCED_OPEN", family.name());
            assertThat(line.getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .containsExactly(
                            "principal=anonymous",
                            "guard=breaker",
                            "name=" + family.name(),
                            "key=eu-1",
                            "from=CLOSED",
                            "to=FORCED_OPEN",
                            "reason=null",
                            "expiry=null");
        });
    }

    @Test
    void actsOnEveryPresentAndLaterKey() {
        BreakerFamily family = breakers();
        family.get("eu-1");
        post(family, "", "{\"state\":\"FORCED_OPEN\",\"mode\":\"SHADOW\"}");
        assertThat(List.of(family.plain(), family.get("eu-1"), family.get("us-1")))
                .allSatisfy(breaker -> assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN))
                .allSatisfy(breaker -> assertThat(mode(breaker)).isEqualTo(GuardMode.SHADOW));
        assertThat(events(family.name())).hasSize(1);
    }

    @Test
    void actsOnOneKey() {
        BreakerFamily family = breakers();
        family.get("a/b[1]");
        family.get("eu-1");
        Answer answer = post(family, "?key=a%2Fb%5B1%5D", "{\"state\":\"FORCED_OPEN\",\"rollout\":25}");
        assertThat(JsonPath.<String>read(answer.body(), "$.key")).isEqualTo("a/b[1]");
        assertThat(family.get("a/b[1]").state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(family.get("a/b[1]").config().enforcement().rollout()).isEqualTo(25);
        assertThat(List.of(family.plain(), family.get("eu-1"), family.get("us-1")))
                .allSatisfy(breaker -> assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED))
                .allSatisfy(breaker ->
                        assertThat(breaker.config().enforcement().rollout()).isEqualTo(100));
        assertThat(onlyEvent(family.name())).containsEntry("key", "a/b[1]");
    }

    @Test
    void laysModeAndRolloutOverTheConfigurationForAWhile() {
        BreakerFamily family = breakers();
        Answer answer = post(family, "", "{\"mode\":\"shadow\",\"rollout\":25,\"duration\":\"PT1M\"}");
        assertThat(answer.body())
                .contains("\"mode\":\"SHADOW\",\"rollout\":25", "\"overridden\":[\"mode\",\"rollout\"]")
                .contains("\"config\":{\"mode\":\"shadow\",\"rollout\":25")
                .contains("\"state\":\"CLOSED\"", "\"override\":null");
        assertThat(onlyEvent(family.name()))
                .containsEntry("from", "mode=enforce, rollout=100")
                .containsEntry("to", "mode=shadow, rollout=25")
                .containsEntry("expiry", ticker().instant().plusSeconds(60));
        ticker().advance(Duration.ofMinutes(1));
        assertThat(get(family, "").body()).contains("\"mode\":\"ENFORCE\",\"rollout\":100", "\"overridden\":[]");
    }

    @Test
    void endsForceAndOverrideByAuto() {
        BreakerFamily family = breakers();
        post(family, "", "{\"state\":\"FORCED_OPEN\",\"mode\":\"SHADOW\"}");
        Answer answer = post(family, "", "{\"state\":\"AUTO\",\"reason\":\"done\"}");
        assertThat(answer.body()).contains("\"state\":\"HALF_OPEN\",\"mode\":\"ENFORCE\"", "\"overridden\":[]");
        assertThat(mode(family.get("eu-1"))).isEqualTo(GuardMode.ENFORCE);
        assertThat(events(family.name()).get(1).getData())
                .containsEntry("from", "FORCED_OPEN, mode=shadow")
                .containsEntry("to", "HALF_OPEN, mode=enforce")
                .containsEntry("reason", "done");
    }

    @Test
    void showsWhoOrderedATransitionAndWhy() {
        BreakerFamily family = breakers();
        post(family, "", "{\"state\":\"FORCED_OPEN\",\"reason\":\"maintenance\"}");
        post(family, "", "{\"state\":\"AUTO\",\"reason\":\"it is back\"}");
        post(family, "", "{\"state\":\"RESET\"}");

        assertThat(get(family, "").body())
                .contains("\"reason\":\"FORCED\",\"generation\":1,\"by\":\"anonymous\",\"why\":\"maintenance\"}")
                .contains("\"reason\":\"RELEASED\",\"generation\":2,\"by\":\"anonymous\",\"why\":\"it is back\"}")
                .contains("\"reason\":\"RESET\",\"generation\":3,\"by\":\"anonymous\"}");
    }

    @Test
    void showsNobodyWhereNobodyOrdered() {
        BreakerFamily family = breakers();
        family.plain().force(Force.to(BreakerState.FORCED_CLOSED));
        post(family, "", "{\"mode\":\"off\"}");

        assertThat(get(family, "").body())
                .contains("\"reason\":\"FORCED\",\"generation\":1}", "\"reason\":\"RELEASED\",\"generation\":2}");
    }

    @Test
    void tellsThatSwitchingOffReleasedAForce() {
        BreakerFamily family = breakers();
        post(family, "", "{\"state\":\"FORCED_OPEN\"}");
        post(family, "", "{\"mode\":\"off\"}");
        assertThat(events(family.name()).get(1).getData())
                .containsEntry("from", "FORCED_OPEN, mode=enforce")
                .containsEntry("to", "HALF_OPEN, mode=off");
    }

    @Test
    void changesNothingAndTellsNobodyByAutoWhereNothingIsForced() {
        BreakerFamily breaker = breakers();
        BulkheadFamily bulkhead = bulkheads();
        call(breaker.plain(), Outcome.FAILURE);
        BreakerSnapshot before = breaker.plain().snapshot();
        assertThat(post(breaker, "", "{\"state\":\"AUTO\"}").status()).isEqualTo(200);
        assertThat(post(bulkhead, "", "{\"state\":\"AUTO\"}").status()).isEqualTo(200);
        assertThat(breaker.plain().snapshot()).isEqualTo(before);
        assertThat(events(breaker.name())).isEmpty();
        assertThat(events(bulkhead.name())).isEmpty();
    }

    @Test
    void forgetsEverythingByReset() {
        BreakerFamily family = breakers();
        call(family.plain(), Outcome.FAILURE);
        post(family, "", "{\"mode\":\"SHADOW\"}");
        Answer answer = post(family, "", "{\"state\":\"RESET\"}");
        assertThat(answer.body())
                .contains("\"state\":\"CLOSED\",\"mode\":\"ENFORCE\"", "\"reason\":\"RESET\"", "\"calls\":0")
                .contains("\"failure\":1");
        assertThat(events(family.name())).hasSize(2);
    }

    @Test
    void laysAnOverrideAfterAutoOfTheSameBody() {
        BreakerFamily family = breakers();
        post(family, "", "{\"state\":\"FORCED_CLOSED\",\"rollout\":50}");
        Answer answer = post(family, "", "{\"state\":\"AUTO\",\"mode\":\"SHADOW\"}");
        assertThat(answer.body()).contains("\"state\":\"CLOSED\",\"mode\":\"SHADOW\",\"rollout\":100");
    }

    @Test
    void setsTheModeBeforeAForceOfTheSameBody() {
        BreakerFamily family = breakers();
        post(family, "", "{\"mode\":\"OFF\"}");
        Answer answer = post(family, "", "{\"state\":\"FORCED_OPEN\",\"mode\":\"ENFORCE\"}");
        assertThat(answer.body()).contains("\"state\":\"FORCED_OPEN\",\"mode\":\"ENFORCE\"");
    }

    @Test
    void setsTheLimitsOfEveryBulkheadOfTheName() {
        BulkheadFamily family = bulkheads();
        family.get("eu-1");
        Answer answer = post(
                family,
                "",
                "{\"maxConcurrent\":40,\"maxQueue\":10,\"maxWait\":\"PT0.2S\",\"mode\":\"SHADOW\",\"rollout\":25}");
        assertThat(answer.body())
                .contains("\"maxConcurrent\":40", "\"maxQueue\":10", "\"maxWait\":\"PT0.2S\"")
                .contains("\"mode\":\"SHADOW\",\"rollout\":25")
                .contains("\"overridden\":[\"mode\",\"rollout\",\"max-concurrent\",\"max-queue\",\"max-wait\"]");
        assertThat(List.of(family.get("eu-1"), family.get("us-1")))
                .allSatisfy(bulkhead ->
                        assertThat(bulkhead.config().maxConcurrent()).isEqualTo(40));
        assertThat(onlyEvent(family.name()))
                .containsEntry("guard", "bulkhead")
                .containsEntry("from", "mode=enforce, rollout=100, max-concurrent=25, max-queue=0, max-wait=0s")
                .containsEntry("to", "mode=shadow, rollout=25, max-concurrent=40, max-queue=10, max-wait=200ms");
    }

    @Test
    void givesABulkheadBackToItsConfigurationByAuto() {
        BulkheadFamily family = bulkheads();
        family.get("eu-1");
        post(family, "?key=eu-1", "{\"maxConcurrent\":40}");
        assertThat(family.plain().config().maxConcurrent()).isEqualTo(25);
        Answer answer = post(family, "?key=eu-1", "{\"state\":\"auto\"}");
        assertThat(answer.body()).contains("\"key\":\"eu-1\",\"maxConcurrent\":25", "\"overridden\":[]");
        assertThat(events(family.name()).get(1).getData())
                .containsEntry("from", "max-concurrent=40")
                .containsEntry("to", "max-concurrent=25");
    }
}
