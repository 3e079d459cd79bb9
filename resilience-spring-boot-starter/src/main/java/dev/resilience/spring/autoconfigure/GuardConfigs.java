package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The configuration of every breaker, or of every bulkhead. Immutable.
 *
 * @param defaults what holds for a name without an entry
 * @param named what holds for the names that have one, by their canonical form
 * @param names the names that have one, as they are spelt there
 */
record GuardConfigs<C>(C defaults, Map<String, C> named, List<Name> names) implements Function<Name, C> {

    GuardConfigs {
        named = Map.copyOf(named);
        names = List.copyOf(names);
    }

    @Override
    public C apply(Name name) {
        return named.getOrDefault(name.canonical(), defaults);
    }

    /** Returns a copy with every configuration changed. */
    GuardConfigs<C> with(UnaryOperator<C> change) {
        Map<String, C> changed = new LinkedHashMap<>();
        named.forEach((form, config) -> changed.put(form, change.apply(config)));
        return new GuardConfigs<>(change.apply(defaults), changed, names);
    }
}
