package dev.resilience.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** An application of ten beans with ten methods each, of which a subject guards every one by a breaker and a bulkhead. */
final class GuardedBeans {

    static final String APPLICATION = "guarded.Application";

    private static final int BEANS = 10;
    private static final int METHODS = 10;

    private GuardedBeans() {}

    /**
     * Writes and compiles the application, annotated for a subject.
     *
     * @param imported what it imports besides its beans
     */
    static void compile(Subject subject, Path directory, Class<?>... imported) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources/guarded"));
        List<Path> files = new ArrayList<>();
        files.add(Files.writeString(sources.resolve("Application.java"), application(imported)));
        for (int bean = 0; bean < BEANS; bean++) {
            files.add(Files.writeString(sources.resolve("Client" + bean + ".java"), client(subject, bean)));
        }
        compile(files, subject.classPath(), classes(directory));
    }

    static boolean areIn(Class<?> type) {
        return type.getName().startsWith("guarded.Client");
    }

    static Path classes(Path directory) {
        return directory.resolve("classes");
    }

    static void compile(List<Path> files, String classPath, Path into) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("There is no compiler in this Java: run it with a JDK");
        }
        List<String> options = List.of(
                "-parameters",
                "-proc:none",
                "-nowarn",
                "-cp",
                classPath,
                "-d",
                Files.createDirectories(into).toString());
        int result = compiler.run(
                null,
                null,
                null,
                Stream.concat(options.stream(), files.stream().map(Path::toString))
                        .toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("What was generated does not compile");
        }
    }

    private static String application(Class<?>... imported) {
        String clients = Stream.concat(
                        IntStream.range(0, BEANS).mapToObj(bean -> "Client" + bean),
                        Stream.of(imported).map(Class::getName))
                .map(name -> name + ".class")
                .collect(Collectors.joining(", "));
        return """
                package guarded;

                @org.springframework.boot.SpringBootConfiguration
                @org.springframework.boot.autoconfigure.EnableAutoConfiguration
                @org.springframework.context.annotation.Import({%s})
                public class Application {
                    public static void main(String[] arguments) {
                        %s.run(Application.class);
                    }
                }
                """.formatted(clients, StartedApplication.class.getName());
    }

    private static String client(Subject subject, int bean) {
        String methods = IntStream.range(0, METHODS)
                .mapToObj(method -> """
                            %s
                            public String call%d(String argument) {
                                return argument;
                            }
                        """.formatted(annotations(subject, "client-" + bean), method))
                .collect(Collectors.joining("\n"));
        return "package guarded;\n\npublic class Client" + bean + " {\n" + methods + "}\n";
    }

    private static String annotations(Subject subject, String name) {
        return switch (subject) {
            case NOTHING -> "";
            case STARTER -> """
                    @dev.resilience.spring.annotation.Breaker("%1$s")
                    @dev.resilience.spring.annotation.Bulkhead("%1$s")""".formatted(name);
            case RESILIENCE4J -> """
                    @io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "%1$s")
                    @io.github.resilience4j.bulkhead.annotation.Bulkhead(name = "%1$s")""".formatted(name);
        };
    }
}
