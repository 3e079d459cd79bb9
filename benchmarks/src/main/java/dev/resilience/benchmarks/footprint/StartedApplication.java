package dev.resilience.benchmarks.footprint;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.springframework.boot.SpringApplication;

/** Starts an application, prints what that took, and ends at once. */
public final class StartedApplication {

    /** The argument that asks for the heap in use too, which takes a while. */
    static final String HEAP = "heap";

    private StartedApplication() {}

    /** Starts the application of that class. */
    public static void run(Class<?> application, String... arguments) {
        SpringApplication.run(
                application,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--management.endpoints.web.exposure.include=*",
                "--logging.level.root=warn");
        ChildJvm.print("ready", (double) ManagementFactory.getRuntimeMXBean().getUptime());
        ChildJvm.print(
                "classes", (double) ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        if (List.of(arguments).contains(HEAP)) {
            ChildJvm.print("heap", (double) LiveHeap.bytes());
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
