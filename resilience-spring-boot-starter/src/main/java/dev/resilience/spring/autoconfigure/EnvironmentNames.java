package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place of an environment variable, which cannot tell a dot from a dash and shares its prefix with whatever else the
 * machine calls resilience (Kubernetes sets {@code RESILIENCE_PORT} for a service of that name): what fits no key is not ours.
 */
final class EnvironmentNames {

    private final KnownKeys keys;

    EnvironmentNames(KnownKeys keys) {
        this.keys = keys;
    }

    /** Returns the place of a variable, or null if it fits no key. */
    @Nullable
    Place place(String variable) {
        List<String> words = Arrays.asList(variable.toLowerCase(Locale.ROOT).split("_", -1));
        String group = words.size() > 1 ? words.get(1) : "";
        if (!keys.groups().contains(group)) {
            List<String> rest = words.subList(1, words.size());
            Place place = place(null, null, rest);
            return place != null ? place : ofCriticality(null, null, rest);
        }
        // a key that is there before one of a criticality that is called like it
        Place place = inEntry(group, words, this::place);
        return place != null ? place : inEntry(group, words, this::ofCriticality);
    }

    private interface Search {
        @Nullable
        Place in(@Nullable String group, @Nullable Name name, List<String> words);
    }

    private static @Nullable Place inEntry(String group, List<String> words, Search search) {
        for (int start = 3; start < words.size(); start++) {
            String name = String.join("", words.subList(2, start));
            Place place =
                    Name.isValid(name) ? search.in(group, Name.of(name), words.subList(start, words.size())) : null;
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    private @Nullable Place ofCriticality(@Nullable String group, @Nullable Name name, List<String> words) {
        for (int start = 1; start < words.size(); start++) {
            String above = String.join("", words.subList(0, start));
            String criticality = String.join("", words.subList(start, words.size()));
            for (KnownKeys.Key key : keys.in(group)) {
                if (key.isForAny() && key.flatAbove().equals(above) && Name.isValid(criticality)) {
                    return new Place(group, name, key.of(Name.canonical(criticality)), null);
                }
            }
        }
        return null;
    }

    /** Returns whether a variable that fits no key looks as if it was meant to fit one. */
    boolean isMeantForUs(String variable) {
        String rest = variable.toLowerCase(Locale.ROOT);
        return rest.startsWith("resilience_defaults_")
                || keys.groups().stream().anyMatch(group -> rest.startsWith("resilience_" + group + "_"));
    }

    private @Nullable Place place(@Nullable String group, @Nullable Name name, List<String> words) {
        int last = words.size() - 1;
        boolean indexed = last > 0 && words.get(last).matches("\\d+");
        for (KnownKeys.Key key : keys.in(group)) {
            if (key.isForAny()) {
                continue;
            }
            if (key.flat().equals(String.join("", words))) {
                return new Place(group, name, key, null);
            }
            if (indexed && key.isList() && key.flat().equals(String.join("", words.subList(0, last)))) {
                return new Place(group, name, key, words.get(last));
            }
        }
        return null;
    }
}
