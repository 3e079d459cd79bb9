package dev.resilience.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What lives in a heap: {@code jcmd GC.class_histogram} collects all garbage first.
 *
 * @param bytes of all objects
 * @param instances by class
 * @param largest the classes with the most bytes, these first
 */
record Heap(long bytes, Map<String, Long> instances, List<String> largest) {

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final String OURS = "dev.resilience.";
    private static final String TEST = "dev.resilience.soak.";

    static Heap parse(String histogram) {
        Map<String, Long> instances = new TreeMap<>();
        List<String> largest = new ArrayList<>();
        long bytes = 0;
        for (String line : histogram.lines().toList()) {
            var found = LINE.matcher(line);
            if (found.matches()) {
                instances.merge(found.group(3), Long.valueOf(found.group(1)), Long::sum);
                largest.add(found.group(3));
                bytes += Long.parseLong(found.group(2));
            }
        }
        return new Heap(bytes, instances, largest);
    }

    /** Returns by how much a class has grown since. */
    long growth(Heap since, String type) {
        return instances.getOrDefault(type, 0L) - since.instances.getOrDefault(type, 0L);
    }

    /** Returns how many objects of the largest classes and of this project there were then and are now, a line each. */
    String histogram(Heap since, int classes) {
        return Stream.concat(
                        largest.stream().limit(classes),
                        largest.stream().filter(Heap::isOurs).limit(classes))
                .map(type ->
                        "%,12d %,12d  %s".formatted(since.instances.getOrDefault(type, 0L), instances.get(type), type))
                .collect(Collectors.joining("\n", "objects:  before        after\n", ""));
    }

    private static boolean isOurs(String type) {
        return type.startsWith(OURS) && !type.startsWith(TEST);
    }

    /** Returns by how many objects each class of this project has grown since by more than so many. */
    Map<String, Long> grown(Heap since, long more) {
        return instances.keySet().stream()
                .filter(Heap::isOurs)
                .filter(type -> growth(since, type) > more)
                .collect(Collectors.toMap(type -> type, type -> growth(since, type), Long::sum, TreeMap::new));
    }
}
