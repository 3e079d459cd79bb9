package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.json.JsonParserFactory;

/** Runs {@code conformance/client-scenarios.json}, to which clients in all languages are held. */
class FleetScenariosTests {

    private static final Path FILE = Path.of("..", "conformance", "client-scenarios.json");
    private static final int FEWEST = 40;

    static Stream<ClientScenario> scenarios() throws IOException {
        return JsonParserFactory.getJsonParser().parseList(Files.readString(FILE)).stream()
                .map(StoreScenario::object)
                .map(ClientScenario::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void holds(ClientScenario scenario) {
        scenario.run();
    }

    @Test
    void areManyAndEachHasANameOfItsOwn() throws IOException {
        assertThat(scenarios().map(ClientScenario::toString))
                .hasSizeGreaterThanOrEqualTo(FEWEST)
                .doesNotHaveDuplicates();
    }
}
