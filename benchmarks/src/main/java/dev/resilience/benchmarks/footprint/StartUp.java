package dev.resilience.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Starts an application with a hundred guarded methods, by each subject in turn. */
final class StartUp {

    private static final String READY = "ready";
    private static final String CLASSES = "classes";
    private static final String HEAP = "heap";
    private static final int BYTES_A_KIB = 1024;
    private static final String AOT = "org.springframework.boot.SpringApplicationAotProcessor";

    private final Path directory;
    private final int rounds;

    /** @param rounds how often each is started */
    StartUp(Path directory, int rounds) {
        this.directory = directory;
        this.rounds = rounds;
    }

    /** Measures, and judges what the starter adds to an application that is the same without it. */
    Report measure(Goals goals) throws IOException, InterruptedException {
        List<Variant> variants = new ArrayList<>();
        Map<Subject, Variant> plain = new EnumMap<>(Subject.class);
        for (Subject subject : Subject.values()) {
            Path own = directory.resolve(subject.name());
            GuardedBeans.compile(subject, own);
            plain.put(subject, new Variant(subject.title(), jvm(subject).withClasses(GuardedBeans.classes(own))));
        }
        variants.addAll(plain.values());
        Path proxied = directory.resolve("proxied");
        GuardedBeans.compile(Subject.NOTHING, proxied, EmptyInterceptor.class);
        variants.add(new Variant(
                "an empty interceptor around each of the ten beans",
                jvm(Subject.NOTHING).withClasses(GuardedBeans.classes(proxied))));
        for (Subject subject : List.of(Subject.NOTHING, Subject.STARTER)) {
            variants.add(aheadOfTime(subject));
            if (AotCache.isPossible()) {
                variants.add(cached(subject, Objects.requireNonNull(plain.get(subject))));
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Variant variant : variants) {
                variant.run();
            }
        }
        Variant nothing = Objects.requireNonNull(plain.get(Subject.NOTHING));
        Objects.requireNonNull(plain.get(Subject.STARTER)).judge(nothing, goals);
        return report(variants, nothing);
    }

    private static Report report(List<Variant> variants, Variant nothing) {
        Report report = new Report(
                "Start-up with 100 guarded methods",
                List.of("subject", "until ready, ms", "more, ms", "classes", "more", "live heap, KiB", "more, KiB"));
        for (Variant variant : variants) {
            report.add(
                    variant.title,
                    variant.medians.of(READY),
                    variant.medians.above(nothing.medians, READY),
                    variant.medians.of(CLASSES),
                    variant.medians.above(nothing.medians, CLASSES),
                    variant.medians.of(HEAP) / BYTES_A_KIB,
                    variant.medians.above(nothing.medians, HEAP) / BYTES_A_KIB);
        }
        return report;
    }

    private static ChildJvm jvm(Subject subject) {
        return ChildJvm.of(subject.classPath(), GuardedBeans.APPLICATION);
    }

    /** Processes an application as the goal {@code process-aot} of Spring Boot's Maven plugin does. */
    private Variant aheadOfTime(Subject subject) throws IOException, InterruptedException {
        Path classes = GuardedBeans.classes(directory.resolve(subject.name()));
        Path sources = directory.resolve(subject.name() + "-aot/sources");
        Path resources = directory.resolve(subject.name() + "-aot/resources");
        Path generated = directory.resolve(subject.name() + "-aot/classes");
        ChildJvm.of(
                        subject.classPath(),
                        AOT,
                        GuardedBeans.APPLICATION,
                        sources.toString(),
                        resources.toString(),
                        generated.toString(),
                        "guarded",
                        "guarded")
                .withClasses(classes)
                .run();
        try (Stream<Path> files = Files.walk(sources)) {
            GuardedBeans.compile(
                    files.filter(file -> file.toString().endsWith(".java")).toList(),
                    classes
                            + System.getProperty("path.separator")
                            + generated
                            + System.getProperty("path.separator")
                            + subject.classPath(),
                    generated);
        }
        return new Variant(
                subject.title() + ", ahead of time",
                jvm(subject).withClasses(generated, resources, classes).with("-Dspring.aot.enabled=true"));
    }

    private Variant cached(Subject subject, Variant plain) throws IOException, InterruptedException {
        return new Variant(
                plain.title + ", with an AOT cache of the JDK",
                AotCache.of(
                        plain.jvm, directory.resolve(subject.name() + "-cache").toAbsolutePath()));
    }

    private record Variant(String title, ChildJvm jvm, Medians medians) {

        Variant(String title, ChildJvm jvm) {
            this(title, jvm, new Medians());
        }

        void run() throws IOException, InterruptedException {
            medians.add(jvm.run());
        }

        void judge(Variant without, Goals goals) {
            goals.add("start-up with 100 guarded methods, more than without", 100, "ms", more(READY, without));
            goals.add("its classes, more than without", 250, "", more(CLASSES, without));
            goals.add("its live heap, more than without", 1024, "KiB", more(HEAP, without) / BYTES_A_KIB);
        }

        private double more(String name, Variant without) {
            return medians.above(without.medians, name);
        }
    }
}
