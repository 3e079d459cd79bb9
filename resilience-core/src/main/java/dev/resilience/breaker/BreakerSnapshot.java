package dev.resilience.breaker;

import dev.resilience.Name;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consistent view of a breaker at one moment.
 *
 * @param name which breaker
 * @param state what it does with calls
 * @param generation entries into a state so far
 * @param since when it entered the state
 * @param reason why it did; null if it never left the first one
 * @param retryAt when an open breaker lets a probe through; null in other states
 * @param probeDue whether it is open and the next call will be a probe
 * @param streak openings in a row without a recovery that lasted
 * @param window what is judged at the moment; empty in the states that judge nothing
 * @param totals counts since the breaker was made
 * @param concurrent permitted calls that have not ended
 * @param lastFailure the latest failure; null if there was none
 * @param force the operator's order that holds; null if there is none
 * @param transitions the latest, at most 20, oldest first
 * @param epoch which agreement with other processes the state stands on; 0: none
 * @param leases probes that other processes left to this one and are not decided
 * @param config the settings in effect
 * @param overridden keys of the configuration that an operator replaced
 */
public record BreakerSnapshot(
        Name name,
        BreakerState state,
        long generation,
        Instant since,
        @Nullable TransitionReason reason,
        @Nullable Instant retryAt,
        boolean probeDue,
        int streak,
        WindowSnapshot window,
        BreakerTotals totals,
        long concurrent,
        @Nullable LastFailure lastFailure,
        @Nullable ForceInEffect force,
        List<Transition> transitions,
        long epoch,
        int leases,
        BreakerConfig config,
        List<String> overridden) {

    /**
     * The latest failure of a breaker.
     *
     * @param type class name of the exception, or of the returned value that a classifier judged a failure
     * @param at when it was recorded
     */
    public record LastFailure(String type, Instant at) {}

    /**
     * An operator's order that holds at the moment.
     *
     * @param state the forced state
     * @param by who gave it
     * @param reason why
     * @param until when it expires; null if it does not
     */
    public record ForceInEffect(
            BreakerState state,
            @Nullable String by,
            @Nullable String reason,
            @Nullable Instant until) {}
}
