package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import dev.resilience.Name;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BulkheadFamily;
import dev.resilience.spring.Fuzz;
import dev.resilience.spring.actuate.Http.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;

/** Orders that no operator would give: done as asked, or refused without a trace; never a 5xx. */
abstract class GuardsFuzzContract extends GuardsFixture {

    private static final int LONGEST_REFUSAL = 2_000;
    private static final String KEY = "eu-1";

    /** What holds before the order. */
    private static final List<String> BEFORE = List.of(
            "{}", "{'state':'FORCED_OPEN'}", "{'mode':'OFF'}", "{'maxConcurrent':3}", "{'maxQueue':4,'maxWait':'1s'}");

    GuardsFuzzContract(WebApplicationType type) {
        super(type);
    }

    /**
     * An order.
     *
     * @param stranger a name that no guard has; null for one that has
     * @param before what is ordered before it
     * @param fields of the body, with their values in JSON
     * @param query fields of the query, with their values as text
     * @param tail what is written behind the body
     */
    private record Order(
            boolean ofBreaker,
            String stranger,
            String before,
            Map<String, String> fields,
            Map<String, String> query,
            String tail,
            String type) {

        String body() {
            return fields.entrySet().stream()
                            .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                            .collect(Collectors.joining(",", "{", "}"))
                    + tail;
        }

        String address() {
            return query.entrySet().stream()
                    .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                    .collect(Collectors.joining("&", "?", ""));
        }

        String path(String known) {
            return stranger == null ? known : known.substring(0, known.lastIndexOf('/') + 1) + encoded(stranger);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        /** Returns what an accepted order must show of a field; null if it does not say. */
        String asked(String field) {
            String inBody = fields.get(field);
            return query.getOrDefault(
                    field,
                    inBody != null && inBody.startsWith("\"")
                            ? JsonPath.<String>read("[" + inBody + "]", "$[0]")
                            : inBody);
        }

        List<Order> smaller() {
            List<Order> smaller = new ArrayList<>();
            fields.keySet()
                    .forEach(field -> smaller.add(
                            new Order(ofBreaker, stranger, before, without(fields, field), query, tail, type)));
            query.keySet()
                    .forEach(field -> smaller.add(
                            new Order(ofBreaker, stranger, before, fields, without(query, field), tail, type)));
            if (!before.equals("{}")) {
                smaller.add(new Order(ofBreaker, stranger, "{}", fields, query, tail, type));
            }
            Fuzz.shorter(tail)
                    .forEach(shorter ->
                            smaller.add(new Order(ofBreaker, stranger, before, fields, query, shorter, type)));
            return smaller;
        }

        private static Map<String, String> without(Map<String, String> all, String field) {
            Map<String, String> fewer = new TreeMap<>(all);
            fewer.remove(field);
            return fewer;
        }
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars()
                .forEach(c ->
                        json.append(c < 127 && c >= ' ' && c != '"' && c != '\\' ? (char) c : "\\u%04x".formatted(c)));
        return json.append('"').toString();
    }

    private static Order order(Random random) {
        Map<String, String> fields = new TreeMap<>();
        Map<String, String> query = new TreeMap<>();
        boolean ofBreaker = random.nextBoolean();
        for (int count = random.nextInt(5); count > 0; count--) {
            String field = field(random, ofBreaker);
            if (random.nextInt(8) == 0) {
                query.put(
                        random.nextInt(3) == 0 ? "key" : field,
                        Fuzz.oneOf(random, KEY, "none", "5", Fuzz.text(random)));
            } else {
                fields.put(field, value(random, field));
            }
        }
        return new Order(
                ofBreaker,
                random.nextInt(10) == 0 ? Fuzz.oneOf(random, "none", "..", "a".repeat(1_000), Fuzz.text(random)) : null,
                Fuzz.oneOf(random, BEFORE.toArray(String[]::new)),
                fields,
                query,
                random.nextInt(12) == 0 ? Fuzz.oneOf(random, "}", ",", "\0", "{}", "[[[[", Fuzz.text(random)) : "",
                random.nextInt(20) == 0
                        ? Fuzz.oneOf(random, "text/plain", "application/xml", "application/json;charset=utf-16")
                        : "application/json");
    }

    private static String field(Random random, boolean ofBreaker) {
        if (random.nextInt(10) == 0) {
            return Fuzz.oneOf(random, "name", "path", "kind", "State", "$", Fuzz.text(random));
        }
        return ofBreaker
                ? Fuzz.oneOf(random, "state", "mode", "rollout", "duration", "reason")
                : Fuzz.oneOf(random, "state", "mode", "rollout", "maxConcurrent", "maxQueue", "maxWait");
    }

    private static String value(Random random, String field) {
        if (random.nextInt(4) > 0) {
            return switch (field) {
                case "state" ->
                    Fuzz.oneOf(random, "\"FORCED_OPEN\"", "\"forced_closed\"", "\"AUTO\"", "\"RESET\"", "\"OPEN\"");
                case "mode" -> Fuzz.oneOf(random, "\"SHADOW\"", "\"enforce\"", "\"off\"", "false");
                case "duration", "maxWait" ->
                    Fuzz.oneOf(random, "\"PT10M\"", "\"10ms\"", "\"0s\"", "\"-1s\"", "\"366d\"", "10");
                default -> Integer.toString(random.nextInt(150) - 10);
            };
        }
        return Fuzz.oneOf(
                random,
                "null",
                "true",
                "{}",
                "[1,2]",
                "{\"a\":{\"b\":[{}]}}",
                "[".repeat(400) + "]".repeat(400),
                "1e400",
                "-0.0",
                "9".repeat(50),
                "2147483648",
                quoted("\u0662\u0665"),
                quoted(Fuzz.text(random)),
                quoted(Fuzz.text(random)));
    }

    private void check(Order order) {
        if (order.ofBreaker()) {
            BreakerFamily family = breakers();
            family.get(KEY);
            check(order, "/guards/breakers/" + family.name(), family.name().text());
        } else {
            BulkheadFamily family = bulkheads();
            family.get(KEY);
            check(order, "/guards/bulkheads/" + family.name(), family.name().text());
        }
    }

    private void check(Order order, String path, String name) {
        http().post(path, order.before().replace('\'', '"'));
        String before = seen(path);
        int names = names();
        int events = told(name).size();
        Answer answer = http().send(http().request(order.path(path) + order.address())
                .header("Content-Type", order.type())
                .POST(BodyPublishers.ofString(order.body())));
        assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
        if (answer.status() == 200 && order.stranger() == null) {
            checkDone(order, JsonPath.parse(answer.body()));
            assertThat(told(name)).hasSizeBetween(events, events + 1);
            assertThat(told(name))
                    .allSatisfy(
                            event -> assertThat(String.valueOf(event.getData().get("reason")))
                                    .hasSizeLessThanOrEqualTo(200)
                                    .doesNotContainPattern("\\p{Cntrl}"));
        } else {
            assertThat(answer.status()).as(answer.body()).isGreaterThanOrEqualTo(400);
            assertThat(names()).isEqualTo(names);
            assertThat(seen(path)).isEqualTo(before);
            assertThat(told(name)).hasSize(events);
            if (answer.type().equals("application/problem+json")
                    && answer.body().contains("\"allowed\"")) {
                assertThat(answer.body()).hasSizeLessThan(LONGEST_REFUSAL);
            }
        }
    }

    private static void checkDone(Order order, DocumentContext shown) {
        for (String field : List.of("rollout", "maxConcurrent", "maxQueue")) {
            String asked = order.asked(field);
            if (asked != null) {
                assertThat(shown.<Integer>read("$." + field)).as(field).isEqualTo(Integer.valueOf(asked));
            }
        }
        if (order.asked("mode") != null) {
            assertThat(shown.<String>read("$.mode")).isEqualToIgnoringCase(order.asked("mode"));
        }
        String state = order.asked("state");
        if (order.ofBreaker() && state != null && state.toUpperCase(Locale.ROOT).startsWith("FORCED")) {
            assertThat(shown.<String>read("$.override.state")).isEqualToIgnoringCase(state);
            assertThat(shown.<String>read("$.override.reason")).isEqualTo(order.asked("reason"));
        }
    }

    private String seen(String path) {
        return http().get(path).body() + http().get(path + "?key=" + KEY).body();
    }

    private List<AuditEvent> told(String name) {
        return events(Name.of(name));
    }

    @Test
    void doesWhatIsAskedOrRefusesItWithoutATrace() {
        Fuzz.check("orders", 120, GuardsFuzzContract::order, Order::smaller, this::check);
    }
}
