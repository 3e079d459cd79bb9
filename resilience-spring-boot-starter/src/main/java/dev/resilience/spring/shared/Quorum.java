package dev.resilience.spring.shared;

/**
 * How many nodes must stand open before the fleet opens: a number, or a percentage of the nodes that are alive.
 *
 * @param value at least 1; at most 100 as a percentage
 * @param isPercent whether it is one
 */
public record Quorum(int value, boolean isPercent) {

    /** A fifth of the nodes, at least two where two are alive: one sick node cannot stop the fleet. */
    public static final Quorum DEFAULT = new Quorum(20, true);

    /** What a written one must be. */
    public static final String RULE = "a number of nodes of at least 1, or 1% to 100% of them";

    private static final int FEWEST_OF_MANY = 2;

    /** @throws IllegalArgumentException if {@code value} is out of range */
    public Quorum {
        if (value < 1 || (isPercent && value > 100)) {
            throw new IllegalArgumentException("quorum " + value + (isPercent ? "%" : "") + " must be " + RULE);
        }
    }

    /**
     * Reads {@code 3} or {@code 20%}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Quorum parse(String text) {
        String written = text.strip();
        boolean isPercent = written.endsWith("%");
        String number = isPercent ? written.substring(0, written.length() - 1).strip() : written;
        if (!number.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("quorum '" + text + "' must be " + RULE);
        }
        return new Quorum(Integer.parseInt(number), isPercent);
    }

    /** Returns whether one node is enough, however many there are. */
    boolean isOne() {
        return !isPercent && value == 1;
    }

    /** Returns the votes that it takes of so many live nodes. */
    int need(int live, int most) {
        int wanted = isPercent ? Math.max(FEWEST_OF_MANY, (int) Math.ceil(live * (value / 100.0))) : value;
        return Math.min(Math.max(1, live), Math.max(1, Math.min(wanted, most)));
    }

    @Override
    public String toString() {
        return isPercent ? value + "%" : Integer.toString(value);
    }
}
