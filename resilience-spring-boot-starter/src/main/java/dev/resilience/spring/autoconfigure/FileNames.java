package dev.resilience.spring.autoconfigure;

import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the place of a property that is written with dots: in a file, on the command line, as a system property. */
final class FileNames {

    private final KnownKeys keys;
    private final BiConsumer<String, Name> entries;

    /**
     * Creates one that tells of the group and name of each entry, those without a key among them, and of criticalities as if
     * {@link KnownKeys#CRITICALITY} were a group.
     */
    FileNames(KnownKeys keys, BiConsumer<String, Name> entries) {
        this.keys = keys;
        this.entries = entries;
    }

    /**
     * Returns the place of a property, or null if there is nothing to bind: an empty map in a file comes as an empty value.
     *
     * @throws InvalidSettingException if there is no such place
     */
    @Nullable
    Place place(WrittenSource.Written property) {
        WrittenKey written = WrittenKey.of(property.property());
        String group = written.size() > 1 ? written.canonical(0, 1) : "";
        if (!keys.groups().contains(group)) {
            return place(property, written, null, null);
        }
        Name name = Name.of(written.element(1));
        entries.accept(group, name);
        return place(property, written, group, name);
    }

    private @Nullable Place place(
            WrittenSource.Written property, WrittenKey written, @Nullable String group, @Nullable Name name) {
        int start = group == null ? 0 : 2;
        KnownKeys.Key key = keys.find(group, written.canonical(start, written.size()));
        if (key != null) {
            if (key.criticality() != null) {
                entries.accept(KnownKeys.CRITICALITY, criticality(written.element(written.size() - 1)));
            }
            return new Place(group, name, key, null);
        }
        int last = written.size() - 1;
        KnownKeys.Key list = written.endsWithIndex() ? keys.find(group, written.canonical(start, last)) : null;
        if (list != null && list.isList()) {
            return new Place(group, name, list, written.element(last));
        }
        List<String> rest = written.elements().subList(start, written.size());
        Scope scope = scope(group);
        InvalidSettingException.require(
                String.valueOf(property.value()).isBlank() && (rest.isEmpty() || scope.isMap(rest)),
                "key",
                property.property(),
                scope.reason(rest));
        return null;
    }

    private static Name criticality(String written) {
        try {
            return Name.of(written);
        } catch (InvalidSettingException invalid) {
            throw new InvalidSettingException(
                    "criticality", invalid.value(), "the name of a criticality " + invalid.rule());
        }
    }

    private Scope scope(@Nullable String group) {
        Stream<String> groups = group == null ? keys.groups().stream().map(each -> each + ".<name>") : Stream.empty();
        return new Scope(Stream.concat(keys.in(group).stream().map(KnownKeys.Key::path), groups)
                .toList());
    }
}
