package dev.resilience.oracle;

/** How long a call that ends has taken. */
enum Length {
    /** The time since its permit was granted. */
    AS_IT_WAS,
    /** No time at all. */
    NONE,
    /** A nanosecond less than a slow one. */
    JUST_NOT_SLOW,
    /** Just as long as a slow one. */
    JUST_SLOW
}
