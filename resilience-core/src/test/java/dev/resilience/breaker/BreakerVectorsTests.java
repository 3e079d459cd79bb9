package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The language-neutral conformance vectors, a test each; {@code -Dvectors.dir=<folder>} plays those of another folder instead.
 */
class BreakerVectorsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TestFactory
    Stream<DynamicTest> followsTheVectors() throws IOException, URISyntaxException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files(folder())) {
            for (JsonNode vector : JSON.readTree(file.toFile())) {
                String name = file.getFileName() + ": " + vector.get("name").asString();
                tests.add(DynamicTest.dynamicTest(name, () -> new Vector(vector).play()));
            }
        }
        assertThat(tests).as("vectors in " + folder()).isNotEmpty();
        System.out.println(tests.size() + " vectors ran, from " + folder().getFileName());
        return tests.stream();
    }

    private static Path folder() throws URISyntaxException {
        String other = System.getProperty("vectors.dir");
        return other != null
                ? Path.of(other)
                : Path.of(BreakerVectorsTests.class.getResource("/vectors").toURI());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot list the vectors in " + folder, unreadable);
        }
    }
}
