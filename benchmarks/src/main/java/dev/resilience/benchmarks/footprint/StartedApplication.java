package dev.resilience.benchmarks.footprint;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;

/** Starts an application, prints what that took, and ends at once. */
public final class StartedApplication {

    private StartedApplication() {}

    /** Starts the application of that class. */
    public static void run(Class<?> application) {
        SpringApplication.run(
                application,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--management.endpoints.web.exposure.include=*",
                "--logging.level.root=warn");
        ChildJvm.print("ready", (double) ManagementFactory.getRuntimeMXBean().getUptime());
        ChildJvm.print(
                "classes", (double) ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        ChildJvm.print("heap", (double) LiveHeap.bytes());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
