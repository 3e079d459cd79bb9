package dev.resilience;

/** How a permitted call ended, as far as the health of what it called is concerned. */
public enum Outcome {
    /** The dependency answered, be it with an exception that counts as an answer. */
    SUCCESS,
    /** The dependency failed. */
    FAILURE,
    /** The guard's own timeout was over before the call was. */
    TIMEOUT,
    /** The caller gave up; says nothing about the dependency, unless the call was slow by then. */
    CANCELLED,
    /** The exception is one that the configuration ignores. */
    IGNORED;

    /** Returns whether this outcome counts against the dependency: {@link #FAILURE} or {@link #TIMEOUT}. */
    public boolean isFailure() {
        return this == FAILURE || this == TIMEOUT;
    }
}
