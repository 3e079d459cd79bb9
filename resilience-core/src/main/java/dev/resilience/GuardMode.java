package dev.resilience;

/** How serious a guard is about what it finds. */
public enum GuardMode {
    /** Refuses what its rules refuse. */
    ENFORCE,
    /** Measures and reports what it would have refused, and refuses nothing. */
    SHADOW,
    /** Lets everything through and counts nothing. */
    OFF
}
