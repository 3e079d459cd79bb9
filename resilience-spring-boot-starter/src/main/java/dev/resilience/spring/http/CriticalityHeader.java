package dev.resilience.spring.http;

import dev.resilience.Criticality;
import dev.resilience.Name;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The request header that says which class of callers its sender works for.
 *
 * <p>One that cannot be read is ignored: it may come from anybody. Immutable.
 */
public final class CriticalityHeader {

    private static final Pattern WORD = Pattern.compile("[ \\t]*([^ \\t]+)[ \\t]*");

    private final String name;

    /** Creates a header. */
    public CriticalityHeader(String name) {
        this.name = name;
    }

    /** Returns the criticality of a request, or null if its header sets none. */
    @Nullable
    Criticality read(Function<String, List<String>> request) {
        List<String> lines = request.apply(name);
        if (lines.isEmpty()) {
            return null;
        }
        Criticality criticality = criticality(lines);
        if (criticality == null) {
            IgnoredHeader.log(
                    name, lines, "must be one name: a letter or digit, then up to 99 letters, digits, '_' or '-'");
        }
        return criticality;
    }

    /** Writes a criticality into a request, unless the application wrote one. */
    void write(Criticality criticality, HttpHeaders headers) {
        if (criticality(headers.getOrEmpty(name)) == null) {
            headers.set(name, criticality.name());
        }
    }

    private static @Nullable Criticality criticality(List<String> lines) {
        if (lines.size() != 1) {
            return null;
        }
        Matcher matcher = WORD.matcher(lines.get(0));
        return matcher.matches() && Name.isValid(matcher.group(1)) ? Criticality.of(matcher.group(1)) : null;
    }
}
