package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys among which a written one is searched: those of an entry, or those outside of entries. Immutable.
 *
 * @param paths as documented
 */
record Scope(Collection<String> paths) {

    private Set<String> next(String prefix) {
        return paths.stream()
                .filter(path ->
                        prefix.isEmpty() || KnownKeys.canonicalPath(path).startsWith(prefix + "."))
                .map(path -> path.split("\\.", -1)[prefix.isEmpty() ? 0 : prefix.split("\\.", -1).length])
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean hasElement(Set<String> elements, String written) {
        return elements.stream()
                .anyMatch(element ->
                        element.startsWith("<") || Name.canonical(element).equals(Name.canonical(written)));
    }

    /** Returns whether a map of keys stands at a place, and not a value. */
    boolean isMap(List<String> written) {
        return firstUnknown(written) == null && !next(canonical(written)).isEmpty();
    }

    /** Returns why there is no key that is written so. */
    String reason(List<String> written) {
        String unknown = firstUnknown(written);
        if (unknown == null) {
            Set<String> beneath = next(canonical(written));
            return beneath.isEmpty()
                    ? "must hold one value"
                    : "must hold keys, and no value of its own; the keys are " + String.join(", ", beneath);
        }
        String known = canonical(written.subList(0, written.indexOf(unknown)));
        Set<String> here = next(known);
        if (here.isEmpty()) {
            return "must hold one value, and no key '" + unknown + "' beneath it";
        }
        Stream<String> above =
                known.isEmpty() ? here.stream() : here.stream().map(key -> documented(known) + "." + key);
        List<String> candidates =
                Stream.concat(above, paths.stream()).distinct().toList();
        return "unknown; " + NearMatches.hint(unknown, candidates, "the keys here are " + String.join(", ", here));
    }

    private String documented(String prefix) {
        String path = paths.stream()
                .filter(each -> KnownKeys.canonicalPath(each).startsWith(prefix + "."))
                .findFirst()
                .orElseThrow();
        return String.join(".", Arrays.asList(path.split("\\.", -1)).subList(0, prefix.split("\\.", -1).length));
    }

    private @Nullable String firstUnknown(List<String> written) {
        String prefix = "";
        for (String element : written) {
            if (!hasElement(next(prefix), element)) {
                return element;
            }
            prefix = (prefix.isEmpty() ? "" : prefix + ".") + Name.canonical(element);
        }
        return null;
    }

    private static String canonical(List<String> written) {
        return written.stream().map(Name::canonical).collect(Collectors.joining("."));
    }
}
