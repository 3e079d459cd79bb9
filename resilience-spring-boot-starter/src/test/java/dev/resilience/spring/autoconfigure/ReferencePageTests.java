package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.GuardMode;
import dev.resilience.bulkhead.BulkheadExecutor;
import dev.resilience.spring.shared.SharedMode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.ResolvableType;

/** Holds the reference page, the metadata for editors and the records together. */
class ReferencePageTests {

    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            Map.entry(boolean.class, "boolean"),
            Map.entry(int.class, "whole number"),
            Map.entry(Integer.class, "whole number"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(String.class, "text"),
            Map.entry(Duration.class, "duration"),
            Map.entry(List.class, "list"),
            Map.entry(GuardMode.class, "`enforce`, `shadow`, `off`"),
            Map.entry(SharedMode.class, "`shared-state`, `shared-window`, `off`"),
            Map.entry(BulkheadExecutor.class, "`caller`, `virtual`, `platform`"));

    private static final String ANY = ".<criticality>";

    private static final Map<String, String> DEFAULTS_SET_ELSEWHERE =
            Map.of("resilience.defaults.breaker.exceptions.record", "java.lang.Exception, java.lang.Error");

    /** What one of the three says of a key; an empty text for no default. */
    private record Said(String type, String standard, String allowed) {}

    private final Map<String, Said> page = readPage();
    private final Map<String, Map<String, Object>> metadata = readMetadata();
    private final Map<String, Said> records = readRecords();

    private static Map<String, Said> readPage() {
        Map<String, Said> keys = new TreeMap<>();
        String prefix = "";
        for (String line : read(Path.of("..", "docs", "reference.md")).lines().toList()) {
            Matcher heading = Pattern.compile("## `(resilience\\..*?)\\*`.*").matcher(line);
            if (line.startsWith("## ")) {
                prefix = heading.matches() ? heading.group(1) : "";
            }
            Matcher row = Pattern.compile("\\| `(.*?)` \\| (.*?) \\| (.*?) ?\\| (.*?) \\| (.+?) \\|")
                    .matcher(line);
            if (!prefix.isEmpty() && row.matches()) {
                keys.put(
                        prefix + row.group(1),
                        new Said(row.group(2), row.group(3).replace("`", ""), row.group(4)));
            }
        }
        return keys;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new AssertionError("The reference page is missing", missing);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> readMetadata() {
        return ((List<Map<String, Object>>) metadataFile().get("properties"))
                .stream()
                        .filter(property -> property.get("name").toString().startsWith("resilience."))
                        .collect(Collectors.toMap(
                                property -> property.get("name").toString(), property -> property));
    }

    private static Map<String, Object> metadataFile() {
        try (var file =
                ResilienceProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String json = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return JsonParserFactory.getJsonParser().parseMap(json);
        } catch (IOException missing) {
            throw new AssertionError("The metadata is missing", missing);
        }
    }

    private static Map<String, Said> readRecords() {
        Map<String, Said> keys = new TreeMap<>();
        KnownKeys.RECORDS.forEach(type ->
                read(type, type.getAnnotation(ConfigurationProperties.class).value() + ".", keys));
        return keys;
    }

    private static void read(Class<?> type, String prefix, Map<String, Said> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                read(component.getType(), path + ".", keys);
            } else if (component.getType() != Map.class) {
                keys.put(path, said(path, type, component));
            } else if (!isOfRecords(component)) {
                keys.put(path + ANY, said(path, type, component));
            }
        }
    }

    private static boolean isOfRecords(RecordComponent map) {
        return ResolvableType.forType(map.getGenericType()).resolveGeneric(1).isRecord();
    }

    private static Class<?> typeOfValue(RecordComponent component) {
        return component.getType() == Map.class
                ? ResolvableType.forType(component.getGenericType()).resolveGeneric(1)
                : component.getType();
    }

    private static Said said(String path, Class<?> type, RecordComponent component) {
        DefaultValue standard = List.of(type.getDeclaredConstructors()[0].getParameters()).stream()
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .findFirst()
                .orElseThrow()
                .getAnnotation(DefaultValue.class);
        Allowed allowed = component.getAnnotation(Allowed.class);
        return new Said(
                Objects.requireNonNull(TYPES.get(typeOfValue(component))),
                standard == null ? DEFAULTS_SET_ELSEWHERE.getOrDefault(path, "") : String.join(", ", standard.value()),
                allowed == null ? "" : allowed.value());
    }

    /** Returns the name of a key in the metadata, where a key that anybody may end as they like is a map. */
    private static String inMetadata(String key) {
        return key.endsWith(ANY) ? key.substring(0, key.length() - ANY.length()) : key;
    }

    private static String asText(Object metadataDefault) {
        if (metadataDefault instanceof List<?> several) {
            return several.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        return metadataDefault == null ? "" : metadataDefault.toString();
    }

    @Test
    void hasEveryKeyOnThePage() {
        assertThat(page.keySet()).isEqualTo(records.keySet());
    }

    @Test
    void saysTypesOnThePageAsTheRecordsHaveThem() {
        records.forEach((key, said) -> assertThat(page.get(key).type()).as(key).isEqualTo(said.type()));
    }

    @Test
    void saysDefaultsOnThePageAsTheRecordsHaveThem() {
        records.forEach(
                (key, said) -> assertThat(page.get(key).standard()).as(key).isEqualTo(said.standard()));
    }

    @Test
    void saysRangesOnThePageAsTheRecordsHaveThem() {
        records.forEach((key, said) -> assertThat(page.get(key).allowed())
                .as(key)
                .isEqualTo(said.allowed().isEmpty() ? page.get(key).allowed() : said.allowed()));
    }

    @Test
    void describesEveryKeyInTheMetadata() {
        assertThat(metadata.keySet())
                .containsAll(records.keySet().stream()
                        .map(ReferencePageTests::inMetadata)
                        .toList())
                .hasSize(records.size() + 2)
                .contains("resilience.breakers", "resilience.bulkheads");
        metadata.forEach((key, property) ->
                assertThat(String.valueOf(property.get("description"))).as(key).matches("[A-Z].*\\."));
    }

    @Test
    void hasTheSameDefaultsInTheMetadata() {
        records.forEach(
                (key, said) -> assertThat(asText(metadata.get(inMetadata(key)).get("defaultValue")))
                        .as(key)
                        .isEqualTo(said.standard().replaceAll("\\.0$", "")));
    }

    @Test
    void hasTheKeysOfTheDefaultsInEveryEntryAndATemplate() {
        KnownKeys keys = new KnownKeys(KnownKeys.RECORDS);
        for (String group : keys.groups()) {
            String prefix = "defaults." + group.substring(0, group.length() - 1) + ".";
            assertThat(keys.in(group).stream().map(KnownKeys.Key::path))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("template"),
                                    keys.in(null).stream()
                                            .map(KnownKeys.Key::path)
                                            .filter(path -> path.startsWith(prefix))
                                            .map(path -> path.substring(prefix.length())))
                            .toList());
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void hintsValuesOfModesAndNamesOfEntries() {
        assertThat((List<Map<String, Object>>) metadataFile().get("hints"))
                .extracting(hint -> hint.get("name"))
                .contains(
                        "resilience.breakers.keys",
                        "resilience.bulkheads.keys",
                        "resilience.defaults.breaker.mode",
                        "resilience.defaults.bulkhead.mode",
                        "resilience.defaults.bulkhead.executor",
                        "resilience.defaults.bulkhead.shares.keys",
                        "resilience.defaults.breaker.window",
                        "resilience.defaults.breaker.exceptions.record",
                        "resilience.defaults.breaker.exceptions.ignore");
    }
}
