package dev.resilience.spring.shared;

import dev.resilience.breaker.BreakerState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a shared state as if a stranger had written it: whatever is not in range is refused. */
final class StateReader {

    /** The largest number that doubles, and so scripts, tell from its neighbours. */
    static final long LARGEST = (1L << 53) - 1;

    /** How far ahead of the store's time an epoch can be: clocks of stores differ, but not by more. */
    static final long AHEAD_MILLIS = 86_400_000;

    private static final int LONGEST_TEXT = 1024;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}");

    private final Map<String, String> fields;
    private final long now;

    StateReader(Map<String, String> fields, long now) {
        this.fields = fields;
        this.now = now;
    }

    FleetState read() {
        if (!"1".equals(fields.get(StateField.VERSION))) {
            throw invalid(StateField.VERSION);
        }
        FleetState read = new FleetState(
                number(StateField.EPOCH, 1, now + AHEAD_MILLIS),
                number(StateField.TRANSITIONS, 0, LARGEST),
                state(),
                number(StateField.SINCE, 0, LARGEST),
                number(StateField.RETRY_AT, 0, LARGEST),
                number(StateField.INTERVAL, 0, LARGEST),
                count(StateField.STREAK, 1000),
                text(StateField.REASON),
                text(StateField.NODE),
                text(StateField.ORDERED_BY),
                text(StateField.ORDER_REASON),
                number(StateField.FORCED_UNTIL, 0, LARGEST),
                count(StateField.PLACES, 10_000),
                count(StateField.FAILURE_PER_MILLE, 1000),
                count(StateField.SLOW_PER_MILLE, 1000),
                count(StateField.DONE, 10_000),
                count(StateField.FAILED, 10_000),
                count(StateField.SLOW, 10_000),
                count(StateField.AT_ONCE, 10_000),
                number(StateField.RAMP, 0, LARGEST),
                number(StateField.RAMP_ENDS_AT, 0, LARGEST),
                number(StateField.OPERATOR_EPOCH, 0, LARGEST));
        if (read.state() == BreakerState.OPEN && read.retryAt() == 0) {
            throw invalid(StateField.RETRY_AT);
        }
        return read;
    }

    private BreakerState state() {
        String name = field(StateField.STATE);
        for (BreakerState each : BreakerState.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw invalid(StateField.STATE);
    }

    private int count(String field, int most) {
        return (int) number(field, 0, most);
    }

    private long number(String field, long least, long most) {
        String written = fields.getOrDefault(field, "0");
        if (!NUMBER.matcher(written).matches()) {
            throw invalid(field);
        }
        long number = Long.parseLong(written);
        if (number < least || number > Math.min(most, LARGEST)) {
            throw invalid(field);
        }
        return number;
    }

    private String text(String field) {
        String written = field(field);
        if (written.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT || !Printable.isPrintable(written)) {
            throw invalid(field);
        }
        return written;
    }

    private String field(String field) {
        return fields.getOrDefault(field, "");
    }

    private InvalidStoreDataException invalid(String field) {
        return new InvalidStoreDataException(field, field(field));
    }
}
