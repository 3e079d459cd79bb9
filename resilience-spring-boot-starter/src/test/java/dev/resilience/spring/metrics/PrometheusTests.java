package dev.resilience.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** What a Prometheus server reads, with a key in use and one not. */
class PrometheusTests {

    private static final Set<String> BREAKER = Set.of("service", "language", "name", "key");
    private static final Set<String> BULKHEAD = Set.of("service", "language", "name", "key", "criticality");

    private static final Map<String, Set<String>> TAGS = Map.ofEntries(
            Map.entry("resilience_breaker_calls_seconds_count", and(BREAKER, "outcome")),
            Map.entry("resilience_breaker_calls_seconds_sum", and(BREAKER, "outcome")),
            Map.entry("resilience_breaker_slow_calls_total", BREAKER),
            Map.entry("resilience_breaker_rejected_total", and(BREAKER, "reason", "enforced")),
            Map.entry("resilience_breaker_state", and(BREAKER, "state")),
            Map.entry("resilience_breaker_failure_rate", BREAKER),
            Map.entry("resilience_breaker_slow_rate", BREAKER),
            Map.entry("resilience_breaker_saturation_rate", BREAKER),
            Map.entry("resilience_breaker_concurrent", BREAKER),
            Map.entry("resilience_breaker_transitions_total", and(BREAKER, "to")),
            Map.entry("resilience_bulkhead_concurrent", BULKHEAD),
            Map.entry("resilience_bulkhead_limit", BULKHEAD),
            Map.entry("resilience_bulkhead_queue_depth", BULKHEAD),
            Map.entry("resilience_bulkhead_wait_seconds_count", BULKHEAD),
            Map.entry("resilience_bulkhead_wait_seconds_sum", BULKHEAD),
            Map.entry("resilience_bulkhead_held_seconds_count", BULKHEAD),
            Map.entry("resilience_bulkhead_held_seconds_sum", BULKHEAD),
            Map.entry("resilience_bulkhead_rejected_total", and(BULKHEAD, "reason", "enforced")),
            Map.entry("resilience_bulkhead_evictions_total", BULKHEAD));

    private static final Map<String, Set<String>> VALUES = Map.of(
            "outcome", Set.of("success", "failure", "timeout", "cancelled", "ignored"),
            "reason", Set.of("open", "half_open", "recovering", "forced_open", "full", "wait_timeout", "deadline"),
            "enforced", Set.of("true", "false"),
            "state", Set.of("closed", "open", "half_open", "recovering", "forced_open", "forced_closed"),
            "to", Set.of("closed", "open", "half_open", "recovering", "forced_open", "forced_closed"),
            "service", Set.of("shop"),
            "language", Set.of("java"),
            "name", Set.of("payments"),
            "key", Set.of("none", "*"),
            "criticality", Set.of("none", "customer"));

    private static final Pattern SERIES = Pattern.compile("(resilience_\\w+)\\{(.*)} (\\S+)");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private static TestServer shop;

    @BeforeAll
    static void start() throws Exception {
        shop = TestServer.start(
                Shop.class,
                WebApplicationType.SERVLET,
                "spring.application.name=shop",
                "resilience.bulkheads.payments.shares.customer=60",
                "management.endpoints.web.exposure.include=prometheus");
        shop.context().getBean(BulkheadRegistry.class).get("payments", "eu-1").call(() -> "paid");
        shop.context().getBean(BreakerRegistry.class).get("payments", "eu-1").call(() -> "paid");
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void hasTheMetersAndTagsOfTheTableAndNoOthers() {
        Map<String, Set<Set<String>>> tags = new TreeMap<>();
        series().forEach(line -> tags.computeIfAbsent(line.group(1), name -> new HashSet<>())
                .add(tagsOf(line).keySet()));
        assertThat(tags)
                .isEqualTo(TAGS.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> Set.of(each.getValue()))));
    }

    @Test
    void hasTheValuesOfTheTable() {
        Map<String, Set<String>> values = new TreeMap<>();
        series().forEach(line -> tagsOf(line)
                .forEach((tag, value) ->
                        values.computeIfAbsent(tag, name -> new TreeSet<>()).add(value)));
        assertThat(values).isEqualTo(VALUES);
    }

    @Test
    void hasNoSeriesTwice() {
        assertThat(series().map(line -> line.group(1) + line.group(2))).doesNotHaveDuplicates();
    }

    @Test
    void countsACall() {
        assertThat(series())
                .filteredOn(line -> line.group(1).equals("resilience_breaker_calls_seconds_count"))
                .filteredOn(line -> tagsOf(line)
                        .entrySet()
                        .containsAll(Map.of("key", "*", "outcome", "success").entrySet()))
                .extracting(line -> Double.valueOf(line.group(3)))
                .containsExactly(1.0);
    }

    @Test
    void isDocumentedInFull() throws IOException {
        String page = Files.readString(Path.of("../docs/metrics.md"));
        List<String> rows =
                page.lines().filter(line -> line.startsWith("| `resilience")).toList();
        assertThat(TAGS.keySet()).allSatisfy(name -> assertThat(rows).anyMatch(row -> row.contains("`" + name + "`")));
        assertThat(rows.stream()
                        .flatMap(row -> Pattern.compile("`(resilience_\\w+)`")
                                .matcher(row)
                                .results()
                                .map(found -> found.group(1))))
                .isSubsetOf(TAGS.keySet());
    }

    private static Stream<Matcher> series() {
        return shop.get("/actuator/prometheus")
                .body()
                .lines()
                .map(SERIES::matcher)
                .filter(Matcher::matches);
    }

    private static Map<String, String> tagsOf(Matcher line) {
        return TAG.matcher(line.group(2)).results().collect(Collectors.toMap(tag -> tag.group(1), tag -> tag.group(2)));
    }

    private static Set<String> and(Set<String> common, String... more) {
        return Stream.concat(common.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}
}
