package dev.resilience.spring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public API of each published module stands in its api.txt, so that who changes the one sees and shows it in the other. */
class PublicApiTests {

    private static final Predicate<String> STARTER = name -> name.startsWith("dev.resilience.spring");
    private static final String UPDATE = "./mvnw -pl resilience-spring-boot-starter -am test -Dtest=PublicApiTests"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update=true";

    @Test
    void showsEveryChangeToTheCoreInItsList() throws IOException {
        compare(Path.of("../resilience-core/api.txt"), PublicApi.lines(STARTER.negate()));
    }

    @Test
    void showsEveryChangeToTheStarterInItsList() throws IOException {
        compare(Path.of("api.txt"), PublicApi.lines(STARTER));
    }

    private static void compare(Path list, List<String> api) throws IOException {
        assertThat(api).isNotEmpty();
        if (Boolean.getBoolean("api.update")) {
            Files.write(list, api);
        }
        String differences = differences(Files.readAllLines(list), api);
        assertThat(differences)
                .as(
                        "The public API is not what %s says (- stands there, + is there). If the change is meant, run%n  %s%nand commit the list",
                        list.toAbsolutePath().normalize(), UPDATE)
                .isEmpty();
    }

    private static String differences(List<String> listed, List<String> actual) {
        List<String> gone = new ArrayList<>(listed);
        gone.removeAll(actual);
        List<String> added = new ArrayList<>(actual);
        added.removeAll(listed);
        return Stream.concat(
                        gone.stream().map(line -> "- " + line), added.stream().map(line -> "+ " + line))
                .collect(joining("\n"));
    }
}
