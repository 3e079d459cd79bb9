package dev.resilience.benchmarks.footprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTests {

    @Test
    void anApplicationFindsItsOwnClassesInTheCache(@TempDir Path directory) throws Exception {
        assumeThat(AotCache.isPossible()).isTrue();
        ChildJvm application = ChildJvm.of(System.getProperty("java.class.path"), Application.class.getName())
                .with("-Xlog:class+load");

        ChildJvm cached = AotCache.of(application, directory);

        assertThat(cached.run()).containsEntry("answer", 42.0);
        assertThat(new String(cached.start().getInputStream().readAllBytes(), UTF_8))
                .contains(Application.class.getName() + " source: shared objects file");
    }

    /** Ends as the applications that are measured do. */
    static final class Application {

        private Application() {}

        public static void main(String[] arguments) {
            ChildJvm.print("answer", 42);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
