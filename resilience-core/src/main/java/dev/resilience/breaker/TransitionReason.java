package dev.resilience.breaker;

/** Why a breaker entered a state. */
public enum TransitionReason {
    /** So many failures in a row. */
    CONSECUTIVE_FAILURES,
    /** Too many of the calls in the window failed. */
    FAILURE_RATE,
    /** Too many of the calls in the window were slow. */
    SLOW_CALL_RATE,
    /** Too many attempts found the guard's bulkhead full. */
    SATURATION,
    /** A call came after the open interval was over. */
    PROBE_DUE,
    /** Enough probes came back well. */
    PROBES_PASSED,
    /** The time of gradual recovery was over. */
    RAMP_ENDED,
    /** An operator forced a state. */
    FORCED,
    /** An operator released a forced state. */
    RELEASED,
    /** A forced state came to its expiry. */
    EXPIRED,
    /** An operator made the breaker forget everything. */
    RESET,
    /** Others found the calls of all processes too slow on average. */
    AVERAGE_DURATION,
    /** Others found too many calls of all processes under way. */
    CONCURRENT,
    /** What others knew of the state was given back to a store that had lost it. */
    RESTORED,
    /** Where others keep what they agree on nothing is known of the state any more, or never was. */
    FORGOTTEN,
    /** Those who decided for all processes cannot be reached; this one decides for itself. */
    STORE_LOST
}
