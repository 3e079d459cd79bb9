package dev.resilience.bulkhead;

/** Which threads make the calls that a bulkhead permits. */
public enum BulkheadExecutor {
    /** The calling thread. */
    CALLER,
    /** Virtual threads of the bulkhead's own, as many as it permits calls; they need Java 21. */
    VIRTUAL,
    /** Platform threads of the bulkhead's own, as many as it permits calls. */
    PLATFORM
}
