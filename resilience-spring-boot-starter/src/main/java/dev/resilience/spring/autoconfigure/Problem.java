package dev.resilience.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/**
 * What is wrong with one property.
 *
 * @param property as written
 * @param value as written; null where the value does not matter
 * @param origin file and line, or whatever is known of where it was written
 * @param reason what is allowed, or what to do
 */
record Problem(
        String property, @Nullable String value, @Nullable Origin origin, String reason) {

    private static final int LONGEST = 200;

    /** Shows the problem in lines of their own, on none of which a value from a stranger can write. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        return "    Property: " + shown(property)
                + (value == null ? "" : end + "    Value: \"" + shown(value) + "\"")
                + (origin == null ? "" : end + "    Origin: " + shown(origin.toString()))
                + end + "    Reason: " + reason.replaceAll("\\p{Cntrl}", "?");
    }

    private static String shown(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
