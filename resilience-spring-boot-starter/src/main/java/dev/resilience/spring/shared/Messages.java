package dev.resilience.spring.shared;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads messages of the fleet's channel: a field and its value a line. */
final class Messages {

    private static final int LONGEST = 16 * 1024;
    private static final String NAME = "name";
    private static final String NOW = "now";
    private static final Pattern TIME = Pattern.compile("[1-9][0-9]{0,15}");

    private Messages() {}

    /**
     * Reads a message.
     *
     * @param latest the latest time that an honest one can carry, in milliseconds of the store
     * @throws InvalidStoreDataException if no node of this version would have written it
     */
    static StateMessage read(String text, long latest) {
        if (text.length() > LONGEST) {
            throw new InvalidStoreDataException("message", text);
        }
        Map<String, String> fields = fields(text);
        String breaker = fields.getOrDefault(NAME, "");
        if (!BreakerNames.canBeShared(breaker)) {
            throw new InvalidStoreDataException(NAME, breaker);
        }
        String written = fields.getOrDefault(NOW, "");
        if (!TIME.matcher(written).matches() || Long.parseLong(written) > latest) {
            throw new InvalidStoreDataException(NOW, written);
        }
        long now = Long.parseLong(written);
        return new StateMessage(
                breaker, now, FleetState.parse(fields, Math.min(now, latest - StateReader.AHEAD_MILLIS)));
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int sign = line.indexOf('=');
            if (sign < 1 || fields.put(line.substring(0, sign), line.substring(sign + 1)) != null) {
                throw new InvalidStoreDataException("line", line);
            }
        }
        return fields;
    }
}
