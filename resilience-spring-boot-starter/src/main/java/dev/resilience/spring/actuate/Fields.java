package dev.resilience.spring.actuate;

import dev.resilience.Name;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** What a request says beyond its path, field by field; each field was known and had exactly one value. */
final class Fields {

    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?\\d*");
    private static final String ONE_VALUE = "must have one value, or be left out";

    private final Map<String, String> values;

    private Fields(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Returns the fields.
     *
     * @throws Problem if one is not among the allowed, or has no value or several
     */
    static Fields of(Map<String, @Nullable Object> given, List<String> allowed) {
        Map<String, String> values = new LinkedHashMap<>();
        given.forEach((field, value) -> {
            if (!allowed.contains(field)) {
                String shown = Names.quoted(field);
                throw Problem.invalid(shown, "Unknown field '" + shown + "'", String.join(", ", allowed));
            }
            if (!(value instanceof String text)) {
                String fault = value == null ? "has no value" : "has several values";
                throw Problem.invalid(field, "Field '" + field + "' " + fault, ONE_VALUE);
            }
            values.put(field, text);
        });
        return new Fields(values);
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    /** Returns any text, be it empty; null where there is none. */
    @Nullable
    String raw(String field) {
        return values.get(field);
    }

    /** Returns text for people, that can stand in a line of a log; null where there is none. */
    @Nullable
    String remark(String field) {
        String text = present(field);
        if (text != null && !Name.isShowable(text)) {
            throw Problem.invalid(
                    field,
                    "Invalid " + field + " of " + text.length() + " characters",
                    "must be at most 200 characters, without control characters");
        }
        return text;
    }

    /** Returns a whole number; null where there is none. */
    @Nullable
    Integer number(String field) {
        String text = present(field);
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException unreadable) {
            throw refused(field, text, "must be a whole number");
        }
    }

    /** Returns a duration as configuration files spell it, but with its unit; null where there is none. */
    @Nullable
    Duration duration(String field) {
        String text = present(field);
        if (text == null) {
            return null;
        }
        try {
            if (!BARE_NUMBER.matcher(text).matches()) {
                return DurationStyle.detectAndParse(text);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException unreadable) {
            throw refused(field, text, "must be a duration with its unit, such as PT10M or 10m");
        }
        throw refused(field, text, "must be a duration with its unit, such as PT10M or 10m");
    }

    /** Returns a constant, in upper or lower case; null where there is none. */
    <E extends Enum<E>> @Nullable E constant(String field, Class<E> type) {
        String text = present(field);
        if (text == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> refused(field, text, names(type)));
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private @Nullable String present(String field) {
        String text = values.get(field);
        if (text != null && text.isBlank()) {
            throw Problem.invalid(field, "Field '" + field + "' is empty", ONE_VALUE);
        }
        return text;
    }

    private static Problem refused(String field, String text, String allowed) {
        return Problem.invalid(field, "Invalid " + field + " (" + Names.quoted(text) + ")", allowed);
    }
}
