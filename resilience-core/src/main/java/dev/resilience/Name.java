package dev.resilience;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a guard, and the key of one of its instances: the only place that knows what a name may look like and when two
 * are the same.
 *
 * <p>A name is a letter or digit, then up to 99 letters, digits, {@code _} or {@code -}. Names are compared in their canonical
 * form, lower case letters and digits only, so that {@code order-history}, {@code orderHistory} and the environment's
 * {@code ORDERHISTORY} are one. Keys are compared as they are. Immutable.
 */
public final class Name implements Serializable {

    /** The key of the instance that takes the calls for which there is no instance of their own. */
    public static final String OVERFLOW_KEY = "*";

    private static final long serialVersionUID = 1L;
    private static final String ALLOWED = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";
    private static final Pattern PATTERN = Pattern.compile(ALLOWED);
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_QUOTE = 120;

    private final String text;
    private final String canonical;
    private final @Nullable String key;

    private Name(String text, String canonical, @Nullable String key) {
        this.text = text;
        this.canonical = canonical;
        this.key = key;
    }

    /**
     * Returns the name spelt so, without a key.
     *
     * @throws InvalidSettingException if it is no name
     */
    public static Name of(String text) {
        Objects.requireNonNull(text, "text");
        InvalidSettingException.require(PATTERN.matcher(text).matches(), "name", quoted(text), "must match " + ALLOWED);
        return new Name(text, canonical(text), null);
    }

    /** Returns whether {@code text} can be a name. */
    public static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** Returns the form in which names are compared: lower case, letters and digits only. */
    public static String canonical(String text) {
        StringBuilder form = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetterOrDigit)
                .forEach(letter -> form.append((char) letter));
        return form.toString();
    }

    /**
     * Returns this name with the key of one instance.
     *
     * @param key any text; {@code null} is the plain instance; one longer than 200 characters or with control characters or line
     *     separators becomes {@link #OVERFLOW_KEY}, because it would be shown in logs, meters and addresses
     */
    public Name withKey(@Nullable String key) {
        return new Name(text, canonical, key == null || isShowable(key) ? key : OVERFLOW_KEY);
    }

    /** Returns whether an instance can have this key, or its calls share {@link #OVERFLOW_KEY}. */
    public static boolean isShowable(String key) {
        return key.length() <= LONGEST_KEY && key.chars().noneMatch(Name::isUnsafe);
    }

    private static boolean isUnsafe(int letter) {
        int type = Character.getType(letter);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || turnsText(letter);
    }

    /** Returns whether a letter changes the direction of what is shown after it, so that a line of a log can say what it does not. */
    private static boolean turnsText(int letter) {
        return (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
    }

    /** Returns the name as it was spelt, without the key. */
    public String text() {
        return text;
    }

    /** Returns the form in which names are compared. */
    public String canonical() {
        return canonical;
    }

    /** Returns the key, or null for the plain instance. */
    public @Nullable String key() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Name that && canonical.equals(that.canonical) && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * canonical.hashCode() + Objects.hashCode(key);
    }

    /** Returns {@code payments}, or {@code payments[eu-1]} with a key. */
    @Override
    public String toString() {
        return key == null ? text : text + "[" + key + "]";
    }

    private static String quoted(String text) {
        String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
        StringBuilder safe = new StringBuilder("'");
        shown.chars().forEach(letter -> safe.append(isUnsafe(letter) ? '?' : (char) letter));
        return safe.append('\'').toString();
    }
}
