package dev.resilience.benchmarks.footprint;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is alive on the heap of this JVM, by a histogram of its classes, for which the collector runs first. */
final class LiveHeap {

    private static final int COLUMNS = 3;

    private LiveHeap() {}

    static long bytes() {
        histogram(); // references that the first collection clears are gone at the second
        String[] total = histogram()
                .strip()
                .lines()
                .reduce("", (first, second) -> second)
                .strip()
                .split("\\s+");
        if (total.length < COLUMNS || !total[0].equals("Total")) {
            throw new IllegalStateException("A histogram that does not end with its total: " + String.join(" ", total));
        }
        return Long.parseLong(total[2]);
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException missing) {
            throw new IllegalStateException("This JVM counts no live objects", missing);
        }
    }
}
