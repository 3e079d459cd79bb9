package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.Fuzz;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;

/** Any value under any key: the application starts, or says which property is wrong. */
class ValuesFuzzTests {

    /** A report says at most so much of one property. */
    private static final int LONGEST = 2_000;

    private static final List<String> KEYS = Stream.concat(
                    new KnownKeys(KnownKeys.RECORDS).in(null).stream().map(KnownKeys.Key::path),
                    Stream.of("breakers", "bulkheads")
                            .flatMap(group -> new KnownKeys(KnownKeys.RECORDS)
                                    .in(group).stream().map(key -> group + ".payments." + key.path())))
            .map(path -> path.replace(KnownKeys.CRITICALITY, "customer"))
            .sorted()
            .toList();

    private static Map<String, Object> properties(Random random) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int count = random.nextInt(4); count >= 0; count--) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            properties.put("resilience." + key + Fuzz.oneOf(random, "", "", "", "", "[0]", ".more"), value(random));
        }
        return properties;
    }

    private static Object value(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(200) - 50;
            case 1 -> random.nextGaussian() * 1e3;
            case 2 -> random.nextLong() + Fuzz.oneOf(random, "", "s", "ms", "d", " calls", "%");
            case 3 -> random.nextInt(500) + Fuzz.oneOf(random, "s", "ms", "h", " calls");
            case 4 -> Fuzz.oneOf(random, "true", "off", "SHADOW", "virtual", "platform", "PT1M", "P9999999999D");
            case 5 -> Fuzz.oneOf(random, "java.io.IOException", "java.lang.String", "a,b,c", ",", "[I", "no such");
            default -> Fuzz.text(random);
        };
    }

    private static List<Map<String, Object>> smaller(Map<String, Object> properties) {
        List<Map<String, Object>> smaller = new ArrayList<>();
        properties.forEach((key, value) -> {
            Map<String, Object> fewer = new LinkedHashMap<>(properties);
            fewer.remove(key);
            smaller.add(fewer);
        });
        properties.forEach((key, value) -> {
            if (value instanceof String text) {
                Fuzz.shorter(text).forEach(shorter -> {
                    Map<String, Object> changed = new LinkedHashMap<>(properties);
                    changed.put(key, shorter);
                    smaller.add(changed);
                });
            }
        });
        return smaller;
    }

    private static void check(Map<String, Object> properties) {
        Configured.BY_NOTHING
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("fuzz", properties)))
                .run(context -> {
                    if (context.getStartupFailure() != null) {
                        FailureAnalysis report = Configured.report(context);
                        assertThat(report.getDescription())
                                .contains("Property: resilience.", "Reason: ")
                                .hasSizeLessThan(LONGEST * properties.size())
                                .doesNotContainPattern("[\\p{Cntrl}&&[^\\r\\n]]");
                        assertThat(report.getAction()).startsWith("Correct the");
                    }
                });
    }

    @Test
    void startsOrSaysWhichPropertyIsWrong() {
        Fuzz.check("properties", 200, ValuesFuzzTests::properties, ValuesFuzzTests::smaller, ValuesFuzzTests::check);
    }
}
