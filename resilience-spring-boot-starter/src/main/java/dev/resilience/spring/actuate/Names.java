package dev.resilience.spring.actuate;

import dev.resilience.Name;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds guards by what a request calls them, and says which there are where there is none. */
final class Names {

    private static final int MOST_NAMED = 20;
    private static final int LONGEST_QUOTE = 100;
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private Names() {}

    /** Returns what {@code find} finds; what can be no name is not looked for, because the lookup forgives spellings. */
    static <F> Optional<F> known(String name, Function<String, Optional<F>> find) {
        return Name.isValid(name) ? find.apply(name) : Optional.empty();
    }

    static Problem unknown(String kind, String name, List<Name> known) {
        return Problem.unknown(
                "name",
                "There is no " + kind + " '" + quoted(name) + "'",
                some(known.stream().map(Name::text).toList()));
    }

    static Problem unknownKey(String kind, Name name, String key, List<String> known) {
        return Problem.unknown(
                "key", kind + " '" + name + "' has no instance of key '" + quoted(key) + "'", some(known));
    }

    /** Returns the keys among the names, sorted. */
    static List<String> keys(List<Name> names) {
        return names.stream().map(Name::key).filter(Objects::nonNull).sorted().toList();
    }

    private static String some(List<String> names) {
        if (names.isEmpty()) {
            return "there are none yet";
        }
        String first = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)));
        return names.size() > MOST_NAMED ? first + " and " + (names.size() - MOST_NAMED) + " more" : first;
    }

    /** Returns text that can stand in a line of a log. */
    static String showable(String text) {
        return UNSAFE.matcher(quoted(text)).replaceAll("?");
    }

    /** Returns text of a stranger, cut to a length that can be shown. */
    static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
