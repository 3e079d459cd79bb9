package dev.resilience.benchmarks.annotation;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;

/** Starts the applications whose beans are called. They end with the virtual machine. */
/*
 * Not by a method with @TearDown: while one thread of a benchmark is in it for more than a moment, the others sleep for a second.
 */
final class Applications {

    private Applications() {}

    /** Starts one, without a web server and almost without a log. */
    static ApplicationContext start(Class<?> application, String... properties) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties("logging.level.root=error")
                .properties(properties)
                .run();
    }

    /** Makes calls that fail until they are refused. */
    static void open(Runnable failing, Class<? extends RuntimeException> refusal) {
        for (int calls = 0; calls <= 10; calls++) {
            try {
                failing.run();
            } catch (RuntimeException thrown) {
                if (refusal.isInstance(thrown)) {
                    return;
                }
            }
        }
        throw new IllegalStateException("still not open");
    }
}
