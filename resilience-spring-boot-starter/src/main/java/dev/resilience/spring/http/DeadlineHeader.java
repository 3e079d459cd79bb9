package dev.resilience.spring.http;

import dev.resilience.Deadline;
import dev.resilience.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The request header that says how long its sender still waits: the time left in whole milliseconds, 0 for none.
 *
 * <p>One that cannot be read is ignored: it may come from anybody. Immutable.
 */
public final class DeadlineHeader {

    private static final Pattern MILLIS = Pattern.compile("[ \\t]*([0-9]{1,18})[ \\t]*");
    private static final long UNREADABLE = -1;

    private final String name;
    private final Duration longest;

    /**
     * Creates a header.
     *
     * @param longest what a longer time counts as when it is read
     */
    public DeadlineHeader(String name, Duration longest) {
        this.name = name;
        this.longest = longest;
    }

    /** Returns the deadline that a request has from now on, or null if its header sets none. */
    @Nullable
    Deadline read(Function<String, List<String>> request, Ticker ticker) {
        List<String> lines = request.apply(name);
        if (lines.isEmpty()) {
            return null;
        }
        long millis = millis(lines);
        if (millis == UNREADABLE) {
            IgnoredHeader.log(name, lines, "must be one number of milliseconds, of 1 to 18 digits");
            return null;
        }
        Duration left = Duration.ofMillis(millis);
        return Deadline.after(left.compareTo(longest) < 0 ? left : longest, ticker);
    }

    /** Writes the milliseconds left into a request, unless the application wrote less. */
    void write(long millisLeft, HttpHeaders headers) {
        long written = millis(headers.getOrEmpty(name));
        if (written == UNREADABLE || written > millisLeft) {
            headers.set(name, Long.toString(millisLeft));
        }
    }

    private static long millis(List<String> lines) {
        if (lines.size() != 1) {
            return UNREADABLE;
        }
        Matcher matcher = MILLIS.matcher(lines.get(0));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : UNREADABLE;
    }
}
