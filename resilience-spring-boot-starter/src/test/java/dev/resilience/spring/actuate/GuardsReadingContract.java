package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.resilience.Criticality;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BulkheadFamily;
import dev.resilience.spring.actuate.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

/** What the endpoint shows, whichever web stack it is reached by. */
abstract class GuardsReadingContract extends GuardsFixture {

    private static final String CONFIG = """
            {"mode":"enforce","rollout":100,"window":"4 calls","minimum-calls":4,"failure-rate":50.0,
             "slow-call-duration":null,"slow-call-rate":80.0,"saturation-rate":null,"consecutive-failures":null,"timeout":null,
             "exceptions":{"record":["java.lang.Exception","java.lang.Error"],"ignore":[]},
             "open":{"duration":"30s","multiplier":2.0,"max-duration":"5m","jitter":20.0},
             "half-open":{"probes":5,"probe-timeout":"30s","ramp":"0s"},"max-keys":1000}""";

    GuardsReadingContract(WebApplicationType type) {
        super(type);
    }

    private Instant now() {
        return ticker().instant();
    }

    @Test
    void showsEverythingAboutANewBreaker() {
        BreakerFamily family = breakers();
        assertJson(get(family, ""), """
                {"name":"%s","key":null,"state":"CLOSED","mode":"ENFORCE","rollout":100,"generation":0,
                 "since":"%s","reason":null,"retryAt":null,"probeDue":false,"streak":0,
                 "window":{"calls":0,"failures":0,"slow":0,"refused":0,"failureRate":null,"slowCallRate":null,
                  "saturationRate":null,"averageDuration":"PT0S"},
                 "totals":{"success":0,"failure":0,"timeout":0,"cancelled":0,"ignored":0,"slow":0,"rejected":0,"shadowRejected":0},
                 "concurrent":0,"lastFailure":null,"override":null,"transitions":[],"methods":[],
                 "config":%s,"overridden":[],"keys":[]}""".formatted(family.name(), now(), CONFIG));
    }

    @Test
    void showsWhyABreakerIsOpen() {
        BreakerFamily family = breakers();
        call(family.plain(), Outcome.SUCCESS);
        call(family.plain(), Outcome.SUCCESS);
        call(family.plain(), Outcome.FAILURE);
        call(family.plain(), Outcome.FAILURE);
        Instant opened = now();
        ticker().advance(Duration.ofSeconds(1));
        assertJson(
                get(family, ""), """
                {"name":"%s","key":null,"state":"OPEN","mode":"ENFORCE","rollout":100,"generation":1,
                 "since":"%s","reason":"FAILURE_RATE","retryAt":"%s","probeDue":false,"streak":0,
                 "window":{"calls":4,"failures":2,"slow":0,"refused":0,"failureRate":50.0,"slowCallRate":0.0,
                  "saturationRate":null,"averageDuration":"PT0.12S"},
                 "totals":{"success":2,"failure":2,"timeout":0,"cancelled":0,"ignored":0,"slow":0,"rejected":0,"shadowRejected":0},
                 "concurrent":0,"lastFailure":{"type":"java.lang.IllegalStateException","at":"%s"},"override":null,
                 "transitions":[{"at":"%s","from":"CLOSED","to":"OPEN","reason":"FAILURE_RATE","generation":1}],
                 "methods":[],"config":%s,"overridden":[],"keys":[]}""".formatted(family.name(), opened, opened.plusSeconds(30), opened, opened, CONFIG));
    }

    @Test
    void showsRatesFromMinimumCallsOn() {
        BreakerFamily family = breakers();
        call(family.plain(), Outcome.FAILURE);
        call(family.plain(), Outcome.SUCCESS);
        call(family.plain(), Outcome.SUCCESS);
        assertThat(window(family)).containsEntry("calls", 3).containsEntry("failureRate", null);
        call(family.plain(), Outcome.SUCCESS);
        assertThat(window(family))
                .containsEntry("calls", 4)
                .containsEntry("failures", 1)
                .containsEntry("failureRate", 25.0)
                .containsEntry("averageDuration", "PT0.12S");
    }

    private Map<String, Object> window(BreakerFamily family) {
        return JsonPath.read(get(family, "").body(), "$.window");
    }

    @Test
    void showsTheKeysOfAName() {
        BreakerFamily family = breakers();
        family.get("us-1");
        family.get("eu-1");
        assertThat(JsonPath.<Object>read(get(family, "").body(), "$.keys").toString())
                .isEqualTo("[\"eu-1\",\"us-1\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-1", "a/b", "a[1]", "%2F", "ключ", "a b&c=d", "*"})
    void showsAKeyedInstance(String key) {
        BreakerFamily family = breakers();
        call(family.get(key), Outcome.SUCCESS);
        String body = get(family, "?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8))
                .body();
        assertThat(JsonPath.<String>read(body, "$.key")).isEqualTo(key);
        assertThat(JsonPath.<Integer>read(body, "$.totals.success")).isEqualTo(1);
        assertThat(body).doesNotContain("\"keys\"");
    }

    @Test
    void showsEverythingAboutABulkhead() {
        BulkheadFamily family = bulkheads();
        BulkheadPermit permit = family.plain().tryAcquire();
        family.plain().release(permit, 0, Duration.ofMillis(250).toNanos());
        family.plain().tryAcquire();
        assertJson(get(family, ""), """
                {"name":"%s","key":null,"maxConcurrent":25,"concurrent":1,"queueDepth":0,"maxQueue":0,"maxWait":"PT0S",
                 "mode":"ENFORCE","rollout":100,
                 "totals":{"permitted":2,"rejected":{"FULL":0,"WAIT_TIMEOUT":0,"DEADLINE":0},"shadowRejected":0,"evicted":0},
                 "averageWait":"PT0S","averageHeld":"PT0.25S","shares":{},"methods":[],
                 "config":{"mode":"enforce","rollout":100,"max-concurrent":25,"max-queue":0,"max-wait":"0s","executor":"caller","shares":{},"max-keys":1000},
                 "overridden":[],"keys":[]}""".formatted(family.name()));
    }

    @Test
    void showsTheSharesOfABulkhead() {
        SemaphoreBulkhead shared = bulkheads().plain();
        shared.configure(BulkheadConfig.DEFAULTS.withShares(Map.of("customer", 60, "batch", 10)));
        shared.tryAcquire(Criticality.of("customer"));
        String body = http().get("/guards/bulkheads/" + shared.name()).body();
        assertJson(JsonPath.<Object>read(body, "$.shares"), """
                {"batch":{"percent":10,"guaranteed":2,"concurrent":0,"queueDepth":0},
                 "customer":{"percent":60,"guaranteed":15,"concurrent":1,"queueDepth":0}}""");
        assertJson(JsonPath.<Object>read(body, "$.config.shares"), "{\"batch\":10,\"customer\":60}");
    }

    @Test
    void leavesAShareOutThatIsNoMore() {
        SemaphoreBulkhead shared = bulkheads().plain();
        shared.configure(BulkheadConfig.DEFAULTS.withShares(Map.of("customer", 60)));
        shared.tryAcquire(Criticality.of("customer"));
        shared.configure(BulkheadConfig.DEFAULTS);
        String body = http().get("/guards/bulkheads/" + shared.name()).body();
        assertJson(JsonPath.<Object>read(body, "$.shares"), "{}");
        assertThat(JsonPath.<Integer>read(body, "$.concurrent")).isEqualTo(1);
    }

    @Test
    void showsAllInShort() {
        BreakerFamily breaker = breakers();
        BulkheadFamily bulkhead = bulkheads();
        breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofMinutes(1), "alice", "maintenance"));
        breaker.get("eu-1");
        breaker.get("eu-2").force(Force.to(BreakerState.FORCED_CLOSED));
        String body = http().get("/guards").body();
        assertThat(JsonPath.<String>read(body, "$.service")).isEqualTo("shop");
        assertJson(JsonPath.<Object>read(body, "$.breakers." + breaker.name()), """
                {"state":"FORCED_OPEN","failureRate":null,"slowCallRate":null,"saturationRate":null,"since":"%s",
                 "override":{"state":"FORCED_OPEN","by":"alice","reason":"maintenance","until":"%s"},
                 "keys":{"FORCED_OPEN":1,"FORCED_CLOSED":1}}""".formatted(
                        now(), now().plusSeconds(60)));
        assertJson(
                JsonPath.<Object>read(body, "$.bulkheads." + bulkhead.name()),
                "{\"concurrent\":0,\"limit\":25,\"queueDepth\":0,\"overridden\":[]}");
    }

    private static void assertJson(Object part, String expected) {
        assertJson(JsonPath.parse(part).jsonString(), expected);
    }

    @Test
    void listsTheBreakersInAState() {
        BreakerFamily closed = breakers();
        BreakerFamily forced = breakers();
        BreakerFamily keyed = breakers();
        closed.plain();
        forced.force(Force.to(BreakerState.FORCED_CLOSED));
        keyed.get("eu-1").force(Force.to(BreakerState.FORCED_CLOSED));
        Map<String, Object> list =
                JsonPath.read(http().get("/guards/breakers?state=forced_closed").body(), "$.breakers");
        assertThat(list)
                .containsKeys(forced.name().text(), keyed.name().text())
                .doesNotContainKey(closed.name().text());
    }

    @Test
    void saysWhereAListIsCutOff() {
        breakers();
        breakers();
        bulkheads();
        bulkheads();
        for (String kind : new String[] {"breakers", "bulkheads"}) {
            String cut = http().get("/guards/" + kind + "?limit=1").body();
            assertThat(JsonPath.<Map<String, Object>>read(cut, "$." + kind)).hasSize(1);
            assertThat(cut).endsWith("\"truncated\":true}");
            assertThat(http().get("/guards/" + kind).body()).doesNotContain("truncated");
        }
    }

    @Test
    void saysWhereTheKeysOfANameAreCutOff() {
        BreakerFamily breakers = breakers();
        BulkheadFamily bulkheads = bulkheads();
        for (int key = 0; key < 1000; key++) {
            breakers.get("key-" + key);
            bulkheads.get("key-" + key);
        }
        assertThat(get(breakers, "").body()).doesNotContain("truncated");
        assertThat(get(bulkheads, "").body()).doesNotContain("truncated");
        breakers.get("control\u0007character");
        bulkheads.get("control\u0007character");
        for (String cut : List.of(get(breakers, "").body(), get(bulkheads, "").body())) {
            assertThat(JsonPath.<List<String>>read(cut, "$.keys")).hasSize(1000).startsWith("*", "key-0");
            assertThat(cut).endsWith("\"truncated\":true}");
        }
    }

    @Test
    void refusesWhatAListDoesNotKnow() {
        assertProblem(
                http().get("/guards/breakers?state=AJAR"),
                400,
                "state",
                "Invalid state (AJAR)",
                "CLOSED, OPEN, HALF_OPEN, RECOVERING, FORCED_OPEN, FORCED_CLOSED");
        assertProblem(http().get("/guards/breakers?limit=0"), 400, "limit", "Invalid limit (0)", "must be at least 1");
        assertProblem(
                http().get("/guards/bulkheads?limit=-1"), 400, "limit", "Invalid limit (-1)", "must be at least 1");
        assertProblem(
                http().get("/guards/bulkheads?limit=all"),
                400,
                "limit",
                "Invalid limit (all)",
                "must be a whole number");
        assertProblem(http().get("/guards/bulkheads?state=OPEN"), 400, "state", "Unknown field 'state'", "limit");
    }

    @Test
    void findsANameInAnySpelling() {
        BreakerFamily family = breakers();
        Answer answer = http().get("/guards/breakers/" + family.name().text().replace("breaker", "BREAKER-"));
        assertThat(JsonPath.<String>read(answer.body(), "$.name"))
                .isEqualTo(family.name().text());
    }

    @Test
    void saysThatThereIsNoSuchGuard() {
        assertThat(http().get("/guards/breakers/nobody").body()).contains("There is no breaker 'nobody'");
        for (String path :
                new String[] {"/guards/breakers/nobody", "/guards/bulkheads/no.body", "/guards/breakers/a%20b"}) {
            Answer answer = http().get(path);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.type()).isEqualTo("application/problem+json");
            assertThat(answer.body()).contains("\"field\":\"name\"");
        }
    }

    @Test
    void saysThatThereIsNoSuchKey() {
        BreakerFamily family = breakers();
        family.get("eu-1");
        String message = "Breaker '%s' has no instance of key 'eu-9'".formatted(family.name());
        assertProblem(get(family, "?key=eu-9"), 404, "key", message, "eu-1");
    }

    @Test
    void saysThatThereIsNothingAtAnotherAddress() {
        for (String path : new String[] {"/guards/retries", "/guards/retries/payments", "/guards/breakers/a/b"}) {
            assertProblem(
                    http().get(path),
                    404,
                    "path",
                    "There is nothing at this address",
                    "guards/breakers, guards/breakers/{name}, guards/bulkheads, guards/bulkheads/{name}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=other", "name=a&name=b", "path=breakers/other", "path=breakers&path=other"})
    void readsNoOtherGuardThanThePathSays(String query) {
        assertThat(get(breakers(), "?" + query).status()).isEqualTo(400);
    }
}
