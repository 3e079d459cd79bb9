package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import dev.resilience.bulkhead.BulkheadOverride;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BulkheadFamily;
import dev.resilience.spring.actuate.Http.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

/** Orders that the endpoint refuses, whichever web stack it is reached by: each answer in full, and that nothing changed. */
abstract class GuardsRefusalContract extends GuardsFixture {

    private static final String FIELDS = "state, duration, reason, scope, mode, rollout";
    private static final String ONE_VALUE = "must have one value, or be left out";

    GuardsRefusalContract(WebApplicationType type) {
        super(type);
    }

    private void assertUntouched(BreakerFamily family) {
        assertThat(family.all()).allSatisfy(breaker -> {
            assertThat(breaker.snapshot().generation()).isZero();
            assertThat(breaker.snapshot().overridden()).isEmpty();
        });
        assertThat(family.get("later").snapshot().generation()).isZero();
        assertThat(family.get("later").snapshot().overridden()).isEmpty();
        assertThat(events(family.name())).isEmpty();
    }

    private void assertUntouched(BulkheadFamily family) {
        assertThat(family.plain().overridden()).isEqualTo(BulkheadOverride.NONE);
        assertThat(family.get("later").overridden()).isEqualTo(BulkheadOverride.NONE);
        assertThat(events(family.name())).isEmpty();
    }

    private void assertRefused(String json, String field, String detail, String allowed) {
        BreakerFamily family = breakers();
        assertProblem(post(family, "", json), 400, field, detail, allowed);
        assertUntouched(family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "{'reason':'why'}", "{'duration':'PT1M'}"})
    void refusesABodyThatChangesNothing(String json) {
        assertRefused(
                json.replace('\'', '"'), "state", "There is nothing to change", "state, mode or rollout must be given");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "stat      | {'stat':'FORCED_OPEN'}",
                "stat      | {'state':'FORCED_OPEN','stat':'FORCED_OPEN'}",
                "name      | {'state':'FORCED_OPEN','name':'other'}",
                "kind      | {'state':'FORCED_OPEN','kind':'bulkheads'}",
                "maxQueue  | {'mode':'SHADOW','maxQueue':1}",
                "State     | {'State':'FORCED_OPEN'}",
            })
    void refusesAnUnknownField(String field, String json) {
        assertRefused(json.replace('\'', '"'), field, "Unknown field '" + field + "'", FIELDS);
    }

    @Test
    void cutsAnUnknownFieldToALengthThatCanBeShown() {
        String shown = "x".repeat(100) + "...";
        assertRefused("{\"" + "x".repeat(1000) + "\":1}", shown, "Unknown field '" + shown + "'", FIELDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'state':'FORCED_OPEN','path':'breakers/other'}", "{'state':'FORCED_OPEN','path':null}"})
    void takesThePathFromNowhereElseThanTheAddress(String json) {
        assertRefused(
                json.replace('\'', '"'), "path", "Unknown field 'path'", "only the address says which guard is meant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=other",
                "name=a&name=b",
                "path=breakers",
                "path=breakers&path=other",
                "limit=1",
                "scopes=node"
            })
    void refusesAQueryThatNamesMoreThanAKey(String query) {
        BreakerFamily family = breakers();
        BreakerFamily other = breakers();
        Answer answer = post(family, "?" + query.replace("other", other.name().text()), "{\"state\":\"FORCED_OPEN\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"field\":\"" + query.substring(0, query.indexOf('=')) + "\"");
        assertUntouched(family);
        assertUntouched(other);
    }

    @Test
    void refusesTwoKeys() {
        BreakerFamily family = breakers();
        Answer answer = post(family, "?key=a&key=b", "{\"state\":\"FORCED_OPEN\"}");
        assertProblem(answer, 400, "key", "Field 'key' has several values", ONE_VALUE);
        assertUntouched(family);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "state    | {'state':''}",
                "mode     | {'mode':' '}",
                "rollout  | {'rollout':''}",
                "duration | {'state':'FORCED_OPEN','duration':''}",
                "reason   | {'state':'FORCED_OPEN','reason':''}",
            })
    void refusesAnEmptyString(String field, String json) {
        assertRefused(json.replace('\'', '"'), field, "Field '" + field + "' is empty", ONE_VALUE);
    }

    @Test
    void refusesANull() {
        assertRefused(
                "{\"state\":\"FORCED_OPEN\",\"reason\":null}", "reason", "Field 'reason' has no value", ONE_VALUE);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "state | OPEN  | {'state':'OPEN'}                        | FORCED_OPEN, FORCED_CLOSED, AUTO, RESET",
                "state | 1     | {'state':1,'mode':'SHADOW'}             | FORCED_OPEN, FORCED_CLOSED, AUTO, RESET",
                "state | true  | {'state':true}                          | FORCED_OPEN, FORCED_CLOSED, AUTO, RESET",
                "mode  | LOUD  | {'state':'FORCED_OPEN','mode':'LOUD'}   | ENFORCE, SHADOW, OFF",
                "mode  | 2     | {'mode':2}                              | ENFORCE, SHADOW, OFF",
                "rollout | -1    | {'state':'FORCED_OPEN','rollout':-1}  | must be 0 to 100 percent",
                "rollout | 101   | {'rollout':101,'mode':'SHADOW'}       | must be 0 to 100 percent",
                "rollout | 25.5  | {'rollout':25.5}                      | must be a whole number",
                "rollout | true  | {'rollout':true}                      | must be a whole number",
                "rollout | half  | {'rollout':'half'}                    | must be a whole number",
                "rollout | 99999999999 | {'rollout':99999999999}         | must be a whole number",
                "duration | PT0S   | {'state':'FORCED_OPEN','duration':'PT0S'}  | must be above 0 and at most 365 days",
                "duration | PT-1M  | {'state':'FORCED_OPEN','duration':'-PT1M'} | must be above 0 and at most 365 days",
                "duration | PT8784H | {'mode':'SHADOW','duration':'P366D'}      | must be above 0 and at most 365 days",
                "duration | PT0S   | {'mode':'SHADOW','duration':'0s'}          | must be above 0 and at most 365 days",
                "duration | soon   | {'mode':'SHADOW','duration':'soon'}  | must be a duration with its unit, such as PT10M or 10m",
                "duration | 10     | {'mode':'SHADOW','duration':10}      | must be a duration with its unit, such as PT10M or 10m",
                "duration | -10    | {'mode':'SHADOW','duration':'-10'}   | must be a duration with its unit, such as PT10M or 10m",
                "duration | PT9999999999999999H | {'mode':'SHADOW','duration':'PT9999999999999999H'} | must be a duration with its unit, such as PT10M or 10m",
                "duration | 9999999999999999d | {'mode':'SHADOW','duration':'9999999999999999d'} | must be a duration with its unit, such as PT10M or 10m",
            })
    void refusesAValue(String field, String value, String json, String allowed) {
        assertRefused(json.replace('\'', '"'), field, "Invalid " + field + " (" + value + ")", allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\u0000", "\\u2028"})
    void refusesAReasonThatWouldBreakALineOfTheLog(String letter) {
        assertRefused(
                "{\"state\":\"FORCED_OPEN\",\"reason\":\"a" + letter + "b\"}",
                "reason",
                "Invalid reason of 3 characters",
                "must be at most 200 characters, without control characters");
    }

    @Test
    void refusesAReasonOver200Characters() {
        assertRefused(
                "{\"state\":\"FORCED_OPEN\",\"reason\":\"" + "x".repeat(201) + "\"}",
                "reason",
                "Invalid reason of 201 characters",
                "must be at most 200 characters, without control characters");
        BreakerFamily family = breakers();
        post(family, "", "{\"state\":\"FORCED_OPEN\",\"reason\":\"" + "x".repeat(200) + "\"}");
        assertThat(family.plain().state()).isEqualTo(BreakerState.FORCED_OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTO", "RESET"})
    void refusesADurationWithNothingToEnd(String state) {
        assertRefused(
                "{\"state\":\"" + state + "\",\"duration\":\"PT1M\"}",
                "duration",
                "There is nothing that a duration would end",
                "only with the state FORCED_OPEN or FORCED_CLOSED, with mode or with rollout");
    }

    @Test
    void refusesToForceABreakerThatIsOff() {
        BreakerFamily family = breakers();
        Answer answer = post(family, "", "{\"state\":\"FORCED_OPEN\",\"mode\":\"OFF\"}");
        String detail = "Breaker '%s' is off and cannot be forced".formatted(family.name());
        String allowed = "a mode of ENFORCE or SHADOW must be set first, or in the same request";
        assertProblem(answer, 409, "state", detail, allowed);
        assertUntouched(family);
    }

    @Test
    void refusesToForceANameOfWhichOneBreakerIsOff() {
        BreakerFamily family = breakers();
        family.get("eu-1");
        post(family, "?key=eu-1", "{\"mode\":\"OFF\"}");
        Answer answer = post(family, "", "{\"state\":\"FORCED_OPEN\",\"rollout\":50}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(family.plain().snapshot().generation()).isZero();
        assertThat(family.plain().snapshot().overridden()).isEmpty();
        assertThat(events(family.name())).hasSize(1);
    }

    @Test
    void refusesAnUnknownNameOrKey() {
        BreakerFamily family = breakers();
        assertThat(http().post("/guards/breakers/nobody", "{\"state\":\"AUTO\"}")
                        .body())
                .contains("\"status\":404", "\"field\":\"name\"", "There is no breaker 'nobody'");
        String detail = "Breaker '%s' has no instance of key 'eu-9'".formatted(family.name());
        Answer answer = post(family, "?key=eu-9", "{\"state\":\"FORCED_OPEN\"}");
        assertProblem(answer, 404, "key", detail, "there are none yet");
        assertThat(family.find("eu-9")).isEmpty();
        assertUntouched(family);
    }

    @Test
    void refusesToChangeAWholeList() {
        Answer answer = http().post("/guards/breakers", "{\"state\":\"RESET\"}");
        assertProblem(answer, 405, "path", "A list cannot be changed", "POST to one of its names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "'FORCED_OPEN'", "{'state':{'to':'FORCED_OPEN'}}", "{'state':['FORCED_OPEN']}"})
    void leavesABodyThatIsNoObjectOfPlainValuesToTheWebLayer(String json) {
        BreakerFamily family = breakers();
        assertThat(post(family, "", json.replace('\'', '"')).status()).isEqualTo(400);
        assertUntouched(family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void leavesABodyThatIsNoJsonToTheWebLayer(String type) {
        BreakerFamily family = breakers();
        Answer answer = http().send(http().request("/guards/breakers/" + family.name())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("state=FORCED_OPEN")));
        assertThat(answer.status()).isEqualTo(415);
        assertUntouched(family);
    }

    @Test
    void leavesAnOrderWithoutAJsonBodyToTheWebLayer() {
        BreakerFamily family = breakers();
        Answer answer = http().send(http().request("/guards/breakers/" + family.name() + "?state=FORCED_OPEN")
                .POST(BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(415);
        assertUntouched(family);
    }

    @Test
    void refusesABodyOfAMegabyte() {
        BreakerFamily family = breakers();
        String json = "{\"state\":\"FORCED_OPEN\",\"reason\":\"" + "x".repeat(1 << 20) + "\"}";
        assertThat(post(family, "", json).status()).isIn(400, 413);
        assertUntouched(family);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "maxConcurrent | Invalid maxConcurrent (0)    | must be at least 1     | {'maxConcurrent':0}",
                "maxConcurrent | Invalid maxConcurrent (-5)   | must be at least 1     | {'maxConcurrent':-5,'maxQueue':5}",
                "maxConcurrent | Invalid maxConcurrent (many) | must be a whole number | {'maxConcurrent':'many'}",
                "maxConcurrent | Invalid maxConcurrent (2.5)  | must be a whole number | {'maxConcurrent':2.5}",
                "maxConcurrent | Field 'maxConcurrent' is empty | must have one value, or be left out | {'maxConcurrent':''}",
                "maxQueue | Invalid maxQueue (-1) | must be at least 0 | {'maxQueue':-1}",
                "maxWait  | Invalid maxWait (PT0.2S) | must be 0 where max-queue is 0: nobody can wait without a queue | {'maxWait':'PT0.2S','maxConcurrent':40}",
                "maxWait  | Invalid maxWait (PT-1S)  | must be at least 0 and at most 365 days | {'maxWait':'-PT1S','maxQueue':1}",
                "maxWait  | Invalid maxWait (PT8784H) | must be at least 0 and at most 365 days | {'maxWait':'P366D','maxQueue':1}",
                "maxWait  | Invalid maxWait (200) | must be a duration with its unit, such as PT10M or 10m | {'maxWait':200,'maxQueue':1}",
                "rollout  | Invalid rollout (101) | must be 0 to 100 percent | {'rollout':101}",
                "mode     | Invalid mode (LOUD)   | ENFORCE, SHADOW, OFF | {'mode':'LOUD'}",
                "state    | Invalid state (RESET) | AUTO | {'state':'RESET'}",
                "state    | AUTO takes away all that lies over the configuration | must stand alone | {'state':'AUTO','maxQueue':1}",
                "maxConcurrent | There is nothing to change | maxConcurrent, maxQueue, maxWait, mode, rollout or state must be given | {}",
                "reason   | Unknown field 'reason' | maxConcurrent, maxQueue, maxWait, mode, rollout, state | {'state':'AUTO','reason':'x'}",
                "name     | Unknown field 'name' | maxConcurrent, maxQueue, maxWait, mode, rollout, state | {'maxConcurrent':40,'name':'other'}",
            })
    void refusesAnOrderToABulkhead(String field, String detail, String allowed, String json) {
        BulkheadFamily family = bulkheads();
        assertProblem(post(family, "", json.replace('\'', '"')), 400, field, detail, allowed);
        assertUntouched(family);
    }
}
