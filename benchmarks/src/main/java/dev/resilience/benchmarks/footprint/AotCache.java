package dev.resilience.benchmarks.footprint;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * A cache in which a JVM keeps the classes of an application, loaded and linked, for the next one that starts it: JDK Enhancement
 * Proposals 483 and 514.
 */
final class AotCache {

    private static final int FIRST_VERSION = 25;

    private AotCache() {}

    /** Returns whether this version of Java makes one in a single step. */
    static boolean isPossible() {
        return Runtime.version().feature() >= FIRST_VERSION;
    }

    /**
     * Starts an application once, and returns a JVM that starts it with what the first one kept, or fails.
     *
     * @param directory for the cache
     */
    static ChildJvm of(ChildJvm jvm, Path directory) throws IOException, InterruptedException {
        ChildJvm packed = jvm.withClassPath(packed(jvm.classPath(), Files.createDirectories(directory)));
        Path cache = directory.resolve("application.aot");
        packed.with("-XX:AOTCacheOutput=" + cache).run();
        if (!Files.exists(cache)) {
            throw new IllegalStateException("The JVM has not written " + cache);
        }
        return packed.with("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
    }

    /** Returns a class path with an archive for each directory: a cache takes no classes from directories. */
    private static String packed(String classPath, Path directory) throws IOException {
        ToolProvider jar = ToolProvider.findFirst("jar")
                .orElseThrow(() -> new IllegalStateException("There is no jar tool in this Java: run it with a JDK"));
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                entries.add(Files.isDirectory(Path.of(entry)) ? archive(jar, entry, directory) : entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String archive(ToolProvider jar, String entry, Path into) throws IOException {
        String archive = Files.createTempFile(into, "classes", ".jar").toString();
        if (jar.run(System.out, System.err, "--create", "--file", archive, "-C", entry, ".") != 0) {
            throw new IllegalStateException("Could not pack " + entry);
        }
        return archive;
    }
}
