package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.json.JsonParserFactory;

/** Runs {@code conformance/store-scenarios.json}, to which clients in all languages are held. */
@Tag("store")
class StoreScenariosTests {

    private static final Path FILE = Path.of("..", "conformance", "store-scenarios.json");

    /** Every change of section "Scripts" of the protocol: from, to, and what makes it. */
    private static final Set<String> TRANSITIONS = Set.of(
            "CLOSED OPEN open",
            "RECOVERING OPEN open",
            "OPEN HALF_OPEN claim",
            "HALF_OPEN OPEN result",
            "HALF_OPEN CLOSED result",
            "HALF_OPEN RECOVERING result",
            "OPEN CLOSED close",
            "OPEN RECOVERING close",
            "HALF_OPEN CLOSED close",
            "HALF_OPEN RECOVERING close",
            "CLOSED FORCED_OPEN force",
            "OPEN FORCED_OPEN force",
            "HALF_OPEN FORCED_CLOSED force",
            "RECOVERING FORCED_CLOSED force",
            "FORCED_CLOSED FORCED_OPEN force",
            "FORCED_OPEN FORCED_CLOSED force",
            "FORCED_OPEN HALF_OPEN release",
            "FORCED_CLOSED CLOSED release",
            "FORCED_OPEN HALF_OPEN tick",
            "FORCED_CLOSED CLOSED tick",
            "RECOVERING CLOSED tick",
            "OPEN CLOSED reset",
            "HALF_OPEN CLOSED reset",
            "RECOVERING CLOSED reset",
            "FORCED_OPEN CLOSED reset",
            "CLOSED OPEN restore",
            "CLOSED RECOVERING restore",
            "CLOSED FORCED_OPEN restore",
            "CLOSED FORCED_CLOSED restore");

    static List<Map<String, Object>> scenarios() throws IOException {
        return JsonParserFactory.getJsonParser().parseList(Files.readString(FILE)).stream()
                .map(StoreScenario::object)
                .toList();
    }

    static Stream<StoreScenario> runs() throws IOException {
        return scenarios().stream().map(StoreScenario::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void holds(StoreScenario scenario) {
        scenario.run();
    }

    @Test
    void coverEveryStatusAndEveryTransition() throws IOException {
        Set<String> statuses = new TreeSet<>();
        Set<String> transitions = new TreeSet<>();
        runs().forEach(each -> {
            each.run();
            statuses.addAll(each.statuses());
            transitions.addAll(each.transitions());
        });
        assertThat(statuses)
                .containsAll(
                        Stream.of(StoreAnswer.Status.values()).map(Enum::name).toList());
        assertThat(transitions).containsAll(TRANSITIONS);
    }
}
