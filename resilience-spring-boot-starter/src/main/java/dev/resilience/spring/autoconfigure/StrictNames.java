package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import dev.resilience.spring.aop.GuardKind;
import dev.resilience.spring.aop.NamePolicy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Refuses a name in an annotation that has no entry in the configuration, where {@code resilience.strict-names} is set. */
final class StrictNames implements NamePolicy {

    private final ResilienceConfiguration configuration;

    StrictNames(ResilienceConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void check(GuardKind kind, Name name, String place) {
        GuardConfigs<?> configs = kind == GuardKind.BREAKER ? configuration.breakers() : configuration.bulkheads();
        if (configuration.strictNames() && !configs.named().containsKey(name.canonical())) {
            throw new UnknownNameException(description(kind, name, place, configs), action(kind, name));
        }
    }

    private static String description(GuardKind kind, Name name, String place, GuardConfigs<?> configs) {
        List<String> there = configs.names().stream().map(Name::text).sorted().toList();
        String kindOfGuard = kind.name().toLowerCase(Locale.ROOT);
        return "@%s(\"%s\") on %s names no configured %s. %s."
                .formatted(
                        kind.annotation().getSimpleName(),
                        name,
                        place,
                        kindOfGuard,
                        there.isEmpty()
                                ? "There is none"
                                : there.stream().collect(Collectors.joining(", ", "Configured: ", "")));
    }

    private String action(GuardKind kind, Name name) {
        String group = kind.name().toLowerCase(Locale.ROOT) + "s";
        GuardConfigs<?> configs = kind == GuardKind.BREAKER ? configuration.breakers() : configuration.bulkheads();
        List<String> there = configs.names().stream().map(Name::text).toList();
        String near = NearMatches.hint(name.text(), there, "");
        return (near.isEmpty() ? "Add" : "Correct the name - " + near + " Or add") + " resilience." + group + "."
                + name.text() + ", or set resilience.strict-names to false.";
    }
}
