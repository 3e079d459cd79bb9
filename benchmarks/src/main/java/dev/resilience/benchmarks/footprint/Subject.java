package dev.resilience.benchmarks.footprint;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What an application is measured with. Each has its own part of the class path, since auto-configurations follow that. */
enum Subject {
    /** The application as it is. */
    NOTHING("nothing", "resilience-core|resilience-spring-boot-starter|resilience4j|aspectj"),
    /** With the starter of this project. */
    STARTER("this starter", "resilience4j|aspectj"),
    /** With the starter of Resilience4j for Spring Boot 4, which needs AspectJ. */
    RESILIENCE4J("Resilience4j", "resilience-core|resilience-spring-boot-starter");

    private final String title;
    private final String without;

    Subject(String title, String without) {
        this.title = title;
        this.without = ".*(" + without + ").*";
    }

    String title() {
        return title;
    }

    /** Returns the class path of this JVM without what is another subject's. */
    String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(without))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
