package dev.resilience.internal;

/** How many calls there were, and how long they took in sum, as one number: so one addition counts a call and its time. */
/*
 * The sign is free, then come 19 bits of calls and 44 bits of nanoseconds. Neither overflows as long as no call is added that took
 * LONGEST, and a number is emptied once it is full: it is so with a fourth of the calls that fit, which leaves room for all that are
 * added at the same moment.
 */
public final class CallsAndTime {

    /** From so many nanoseconds on a call is to be counted elsewhere: 67 ms, beside which a lock is nothing. */
    public static final long LONGEST = 1L << 26;

    private static final int CALLS_SHIFT = 44;
    private static final long ONE_CALL = 1L << CALLS_SHIFT;
    private static final long NANOS_MASK = ONE_CALL - 1;
    private static final long FULL = ONE_CALL << 17;

    private CallsAndTime() {}

    /** Returns the number of one call. */
    public static long one(long nanos) {
        return ONE_CALL + nanos;
    }

    /** Returns whether a number, which must not be negative, is to be emptied. */
    public static boolean areFull(long number) {
        return number >= FULL;
    }

    /** Returns how many calls there were. */
    public static long calls(long number) {
        return number >>> CALLS_SHIFT;
    }

    /** Returns how long they took in sum, in nanoseconds. */
    public static long nanos(long number) {
        return number & NANOS_MASK;
    }
}
