package dev.resilience.spring.autoconfigure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads HTTP's {@code Retry-After}, which comes from a stranger: what cannot be read asks for nothing. */
final class RetryAfterHeader {

    static final String NAME = "Retry-After";

    private static final Pattern SECONDS = Pattern.compile("\\d+");
    /* More digits are more than 30 years. */
    private static final int MOST_DIGITS = 9;
    private static final Duration VERY_LONG = Duration.ofDays(365);

    /* The one that servers write today, and the two that RFC 9110 (5.6.7) wants to be understood as well. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.US),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

    private RetryAfterHeader() {}

    /** Returns whether an answer's {@code Retry-After} says when its server can work again. */
    static boolean isMeant(int status) {
        return status == 429 || status == 503;
    }

    /** Returns how long from now the server asked to wait; null if it did not, or in no way that can be read. */
    static @Nullable Duration read(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return text.length() > MOST_DIGITS ? VERY_LONG : Duration.ofSeconds(Long.parseLong(text));
        }
        Instant date = date(text);
        return date == null ? null : Duration.between(now, date);
    }

    private static @Nullable Instant date(String text) {
        for (DateTimeFormatter format : DATES) {
            try {
                return format.parse(text, Instant::from);
            } catch (DateTimeException unfit) {
                // one of the next may fit
            }
        }
        return null;
    }
}
