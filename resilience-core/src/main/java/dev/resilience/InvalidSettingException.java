package dev.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a setting outside of its range; nothing is ever clamped or replaced.
 *
 * <p>Carries the parts of its message, so that a framework can add where the value came from.
 */
public final class InvalidSettingException extends IllegalArgumentException {

    /** The longest duration that a setting can have. */
    public static final Duration LONGEST = Duration.ofDays(365);

    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String value;
    private final String rule;

    /**
     * Creates an exception that reads {@code Invalid open.multiplier (0.5): must be 1 to 100}.
     *
     * @param setting the key as configuration files spell it, relative to the guard: {@code open.multiplier}
     * @param value the refused value
     * @param rule what is allowed, beginning with "must"
     */
    public InvalidSettingException(String setting, @Nullable Object value, String rule) {
        super("Invalid " + setting + " (" + value + "): " + rule);
        this.setting = setting;
        this.value = String.valueOf(value);
        this.rule = rule;
    }

    /** Returns the key as configuration files spell it, relative to the guard. */
    public String setting() {
        return setting;
    }

    /** Returns the refused value, as text. */
    public String value() {
        return value;
    }

    /** Returns what is allowed. */
    public String rule() {
        return rule;
    }

    /**
     * Checks one setting.
     *
     * @throws InvalidSettingException if {@code valid} is false
     */
    public static void require(boolean valid, String setting, @Nullable Object value, String rule) {
        if (!valid) {
            throw new InvalidSettingException(setting, value, rule);
        }
    }

    /**
     * Checks a duration that must be above 0 and at most {@link #LONGEST}.
     *
     * @throws InvalidSettingException if it is not
     */
    public static void requirePositive(Duration duration, String setting) {
        require(
                duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0,
                setting,
                duration,
                "must be above 0 and at most 365 days");
    }

    /**
     * Checks a duration that must be at least 0 and at most {@link #LONGEST}.
     *
     * @throws InvalidSettingException if it is not
     */
    public static void requireNotNegative(Duration duration, String setting) {
        require(
                !duration.isNegative() && duration.compareTo(LONGEST) <= 0,
                setting,
                duration,
                "must be at least 0 and at most 365 days");
    }
}
