package dev.resilience.spring.shared;

/** Who decides what a breaker does. */
public enum Scope {
    /** The fleet, together. */
    FLEET,
    /** This process: the breaker is not shared, or the store's data of it cannot be used. */
    LOCAL,
    /** This process, as the store is away. */
    LOST
}
