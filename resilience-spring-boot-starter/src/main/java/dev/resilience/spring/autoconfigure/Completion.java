package dev.resilience.spring.autoconfigure;

import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Completes the entries of one group, key by key: from their template, its template, and the defaults. */
final class Completion<P, D, C> {

    /** The settings that others are checked against. */
    private static final Map<String, String> CHECKED_AGAINST =
            Map.of("open.max-duration", "open.duration", "max-wait", "max-queue");

    private final Kind<P, D, C> kind;
    private final WrittenProperties written;
    private final Map<String, Name> names;
    private final Set<Problem> problems = new LinkedHashSet<>();

    /**
     * What must be known of a kind of guard.
     *
     * @param group where its entries are: {@code breakers}
     * @param defaults where its defaults are: {@code defaults.breaker}
     * @param template the template of an entry, if it has one
     * @param over an entry laid over what is beneath
     * @param conversion complete settings made a configuration of the core
     */
    record Kind<P, D, C>(
            String group,
            String defaults,
            Function<P, @Nullable String> template,
            BiFunction<P, D, D> over,
            Function<D, C> conversion) {}

    Completion(Kind<P, D, C> kind, WrittenProperties written) {
        this.kind = kind;
        this.written = written;
        this.names = written.names(kind.group());
    }

    /**
     * Returns the configurations.
     *
     * @param entries by the canonical form of their names; a name without a key has none
     * @throws InvalidConfigurationException if a template or a setting is wrong
     */
    GuardConfigs<C> complete(Map<String, P> entries, D defaults) {
        C ofDefaults = converted(defaults, List.of());
        Map<String, C> named = new LinkedHashMap<>();
        for (String form : names.keySet()) {
            List<String> chain = chain(form, entries);
            D settings = defaults;
            for (int i = chain.size() - 1; i >= 0; i--) {
                P entry = entries.get(chain.get(i));
                settings = entry == null ? settings : kind.over().apply(entry, settings);
            }
            C config = converted(settings, chain);
            if (config != null) {
                named.put(form, config);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(List.copyOf(problems));
        }
        return new GuardConfigs<>(Objects.requireNonNull(ofDefaults), named, List.copyOf(names.values()));
    }

    /** Returns an entry, its template, the template of that, and so on. */
    private List<String> chain(String form, Map<String, P> entries) {
        List<String> chain = new ArrayList<>();
        String next = form;
        while (next != null) {
            chain.add(next);
            P entry = entries.get(next);
            String template = entry == null ? null : kind.template().apply(entry);
            String problem = template == null ? null : problem(template, chain);
            if (problem != null) {
                problems.add(setting(chain.get(chain.size() - 1), "template").problem(problem));
            }
            next = template == null || problem != null ? null : Name.canonical(template);
        }
        return chain;
    }

    private @Nullable String problem(String template, List<String> chain) {
        String form = Name.canonical(template);
        if (!names.containsKey(form)) {
            List<String> there = names.values().stream().map(Name::text).toList();
            return "must be the name of another entry of " + kind.group() + "; "
                    + NearMatches.hint(template, there, "there are " + String.join(", ", there));
        }
        if (chain.contains(form)) {
            List<String> circle = new ArrayList<>(chain.subList(chain.indexOf(form), chain.size()));
            circle.add(form);
            return "must not lead back to itself: "
                    + String.join(" -> ", circle.stream().map(this::spelt).toList());
        }
        return null;
    }

    private String spelt(String form) {
        return Objects.requireNonNull(names.get(form)).text();
    }

    private WrittenSource.Written setting(String form, String setting) {
        String path = kind.group() + "." + form + "." + setting;
        WrittenSource.Written found = written.find(path, null);
        return found != null ? found : new WrittenSource.Written(KnownKeys.ROOT + "." + path, "", null);
    }

    private @Nullable C converted(D settings, List<String> chain) {
        try {
            return kind.conversion().apply(settings);
        } catch (InvalidSettingException invalid) {
            problems.add(problem(invalid, chain));
            return null;
        }
    }

    private Problem problem(InvalidSettingException invalid, List<String> chain) {
        String against = CHECKED_AGAINST.get(invalid.setting());
        WrittenSource.Written other =
                against == null || !invalid.rule().contains(against) ? null : find(against, null, chain);
        String reason = other == null ? invalid.rule() : invalid.rule() + "; see " + other.property() + place(other);
        WrittenSource.Written found = find(invalid.setting(), invalid.value(), chain);
        if (found != null) {
            return found.problem(reason);
        }
        String path = chain.isEmpty() ? kind.defaults() : kind.group() + "." + spelt(chain.get(0));
        return new Problem(KnownKeys.ROOT + "." + path + "." + invalid.setting(), invalid.value(), null, reason);
    }

    private static String place(WrittenSource.Written other) {
        return other.origin() == null ? "" : " in " + other.origin();
    }

    /** Finds where a setting of an entry was written: there, in its templates, or in the defaults. */
    private WrittenSource.@Nullable Written find(String setting, @Nullable String value, List<String> chain) {
        for (String form : chain) {
            WrittenSource.Written found = written.find(kind.group() + "." + form + "." + setting, value);
            if (found != null) {
                return found;
            }
        }
        return written.find(kind.defaults() + "." + setting, value);
    }
}
