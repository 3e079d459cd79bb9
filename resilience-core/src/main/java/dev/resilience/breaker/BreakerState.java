package dev.resilience.breaker;

/** What a breaker does with calls at the moment. */
public enum BreakerState {
    /** Permits every call and judges their outcomes. */
    CLOSED,
    /** Rejects every call until its interval is over. */
    OPEN,
    /** Permits a few probes, one at first, and decides on their outcomes. */
    HALF_OPEN,
    /** Permits a growing share of calls after the probes passed. */
    RECOVERING,
    /** Held open by an operator. */
    FORCED_OPEN,
    /** Held closed by an operator; goes on measuring. */
    FORCED_CLOSED;

    /** Returns whether an operator put the breaker here. */
    public boolean isForced() {
        return this == FORCED_OPEN || this == FORCED_CLOSED;
    }

    /** Returns whether calls are rejected because the dependency is considered down: {@link #OPEN} or {@link #FORCED_OPEN}. */
    public boolean isOpen() {
        return this == OPEN || this == FORCED_OPEN;
    }
}
