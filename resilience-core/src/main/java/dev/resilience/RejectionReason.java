package dev.resilience;

/** Why a guard refused a call. */
public enum RejectionReason {
    /** The breaker is open and its interval is not over. */
    OPEN,
    /** The breaker is probing and has no place for another probe. */
    HALF_OPEN,
    /** The breaker is letting calls through gradually and this one was not among them. */
    RECOVERING,
    /** An operator holds the breaker open. */
    FORCED_OPEN,
    /** The bulkhead and its queue have no place. */
    FULL,
    /** The longest wait in the bulkhead's queue was over. */
    WAIT_TIMEOUT,
    /** The caller's deadline was over. */
    DEADLINE,
    /** The bulkhead was closed, as the application ends; only one with threads of its own is. */
    CLOSED
}
